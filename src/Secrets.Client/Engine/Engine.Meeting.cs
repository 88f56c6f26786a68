using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Sessions;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <content>Meeting: making a secret, entering one, offers and answers.</content>
internal sealed partial class Engine
{
    /// <summary>How long a secret is good, unless it is made for less.</summary>
    public static TimeSpan SecretLife => TimeSpan.FromDays(14);

    private string OwnName => Store.Facts.TryGet(Schema.Self, Schema.Name, out var name) ? name.AsText() : "";

    /// <summary>Makes a chat with a secret of one's own.</summary>
    public async ValueTask<Chat> CreateChatAsync(string name, TimeSpan goodFor)
    {
        RequireWritable();
        RequireName(name);
        var relays = ChosenRelays;
        if (relays.Count == 0)
            throw new ClientException(ClientError.NoRelay);
        using var transaction = Store.Begin();
        var chat = NewChat(transaction, name, isNamed: true, [.. relays.Take(RelayAddresses.MaxCount)]);
        AddOwnSecret(chat, goodFor);
        ChatSlot.Put(transaction, chat);
        await AddChatAsync(transaction, chat).ConfigureAwait(false);
        return chat;
    }

    /// <summary>Makes a chat by entering somebody's secret.</summary>
    public async ValueTask<Chat> JoinChatAsync(string text, string name, bool direct, bool allowOtherRelays)
    {
        RequireWritable();
        RequireName(name);
        var secret = ReadSecret(text);
        try
        {
            RequireNotEntered(secret);
            RequireReachable(secret, allowOtherRelays, []);
            using var transaction = Store.Begin();
            var chat = NewChat(transaction, name, isNamed: false, []);
            GiveName(transaction, chat, name);
            EnterSecret(transaction, chat, secret, direct, allowOtherRelays);
            await AddChatAsync(transaction, chat).ConfigureAwait(false);
            return chat;
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }

    /// <summary>Enters the other side's own secret into a chat that has one's own, so that both were exchanged.</summary>
    public async ValueTask AddSecretAsync(Chat chat, string text, string? name, bool direct, bool allowOtherRelays)
    {
        RequireWritable();
        RequireOpen(chat);
        if (name is not null)
            RequireName(name);
        var secret = ReadSecret(text);
        try
        {
            if (chat.Tries.FirstOrDefault(t => t.Secret.Id == secret.Id) is { } known)
            {
                await SayDirectAsync(chat, known, direct).ConfigureAwait(false);
                secret.Dispose();
                return;
            }
            RequireNotEntered(secret);
            if (chat.Tries.Any(t => t.Kind == OfferKind.Link && t.Stage != TryStage.Failed))
                throw new ClientException(ClientError.ChatIsTaken);
            RequireReachable(secret, allowOtherRelays, chat.OwnRelays);
            using var transaction = Store.Begin();
            if (chat.Stage == ChatStage.NeedsNewSecret)
                StartOver(transaction, chat);
            if (name is not null)
                GiveName(transaction, chat, name);
            EnterSecret(transaction, chat, secret, direct, allowOtherRelays);
            await CommitAsync(transaction, chat).ConfigureAwait(false);
        }
        catch
        {
            secret.Dispose();
            throw;
        }
        AfterChange(chat);
    }

    /// <summary>The secret of a chat, to be handed over; a new one where the old one is used up or stayed behind and nobody is there.</summary>
    public async ValueTask<OwnOffer> ChatSecretAsync(Chat chat, TimeSpan goodFor, bool renew)
    {
        RequireOpen(chat);
        var isGood = chat.Link is { IsUsed: false } link && link.Offer.CheckTime(Now) == OfferError.None;
        if (isGood && !renew)
            return chat.Link!;
        RequireWritable();
        // where somebody came in by a secret of this chat, another person could come in by a second one
        if (chat.Link is { IsUsed: true })
            throw new ClientException(ClientError.NoSecret);
        using var transaction = Store.Begin();
        if (chat.Stage == ChatStage.NeedsNewSecret)
            StartOver(transaction, chat);
        if (chat.Link is { } replaced)
        {
            // who still has the old secret is told that it is no longer good
            AddMeetingDeletes(chat, replaced);
            replaced.Dispose();
        }
        if (chat.OwnRelays.Count == 0)
            SetOwnRelays(transaction, chat, [.. ChosenRelays.Take(RelayAddresses.MaxCount)]);
        AddOwnSecret(chat, goodFor);
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        AfterChange(chat);
        return chat.Link!;
    }

    private Chat NewChat(StoreTransaction transaction, string name, bool isNamed, IReadOnlyList<string> relays)
    {
        var device = DeviceKeys.Generate(Random);
        using var recovery = Identity.OpenRecoverySecret(Store);
        var chain = ParticipantChain.Create(device, Identity.BackupRoot(Store), recovery, Random);
        var entity = EntityId.Generate(Schema.Chat, Random);
        var chat = new Chat(ChatFacts.IdOf(entity), entity, chain) { Name = name, IsNamed = isNamed, Created = Now, Device = device };
        transaction.Assert(entity, Schema.Name, FactValue.Text(name));
        transaction.Assert(entity, Schema.IsNamed, FactValue.Boolean(isNamed));
        transaction.Assert(entity, Schema.Created, FactValue.Time(Now));
        ChatFacts.PutOwnChain(transaction, chat);
        SetOwnRelays(transaction, chat, relays);
        return chat;
    }

    private static void GiveName(StoreTransaction transaction, Chat chat, string name)
    {
        chat.GivenName = name;
        transaction.Assert(chat.Entity, Schema.GivenName, FactValue.Text(name));
    }

    private static void SetOwnRelays(StoreTransaction transaction, Chat chat, IReadOnlyList<string> relays)
    {
        foreach (var relay in relays.Where(r => !chat.OwnRelays.Contains(r)))
        {
            chat.OwnRelays.Add(relay);
            transaction.Assert(chat.Entity, Schema.OwnRelay, FactValue.Text(relay));
        }
    }

    private void AddOwnSecret(Chat chat, TimeSpan goodFor)
    {
        var life = goodFor < SecretLife ? goodFor : SecretLife;
        var keys = OfferKeys.Generate(Random);
        var offer = Offer.Create(OfferKind.Link, Now + life, chat.Device!.Agreement.PublicKey, keys, chat.OwnChain.First.Bytes, OwnName, chat.OwnRelays, Random);
        chat.Link = new OwnOffer(offer, keys, Now);
    }

    private static void EnterSecret(StoreTransaction transaction, Chat chat, Secret secret, bool direct, bool allowOtherRelays)
    {
        chat.Tries.Add(new SecretTry(secret, OfferKind.Link, direct) { AllowsOthers = allowOtherRelays });
        transaction.Assert(Schema.Self, Schema.UsedSecret, FactValue.Bytes(secret.Id.Bytes));
        ChatSlot.Put(transaction, chat);
    }

    private async ValueTask AddChatAsync(StoreTransaction transaction, Chat chat)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            chat.Dispose();
            throw;
        }
        _chats.Add(chat.Id, chat);
        Raise(ClientEventKind.ChatAdded, chat);
        AfterChange(chat);
    }

    /// <summary>What follows every step that changed what a chat waits for or has to send.</summary>
    private void AfterChange(Chat chat)
    {
        FollowRelays();
        WantNew(chat);
        Raise(ClientEventKind.ChatChanged, chat);
        Pump();
    }

    private static Secret ReadSecret(string text)
    {
        var error = Secret.TryParse(text, out var secret);
        return error switch
        {
            SecretError.None => secret!,
            SecretError.Malformed or SecretError.Typo => throw new ClientException(ClientError.SecretMistyped),
            SecretError.OtherKind => throw new ClientException(ClientError.SecretOfAnotherKind),
            SecretError.OtherVersion => throw new ClientException(ClientError.SecretOfAnotherVersion),
        };
    }

    private void RequireNotEntered(Secret secret)
    {
        if (_chats.Values.Any(c => c.Link?.Secret.Id == secret.Id))
            throw new ClientException(ClientError.SecretIsOwn);
        foreach (var used in Store.Facts.GetAll(Schema.Self, Schema.UsedSecret))
        {
            if (used.AsBytes().SequenceEqual(secret.Id.Bytes))
                throw new ClientException(ClientError.SecretAlreadyEntered);
        }
    }

    /// <summary>Where the secret names only relays that this person has not agreed to, the person is asked first (decision 11).</summary>
    private void RequireReachable(Secret secret, bool allowOtherRelays, IReadOnlyList<string> used)
    {
        var agreed = ChosenRelays.Concat(used).ToArray();
        if (!allowOtherRelays && secret.RelayHints.Count > 0 && !secret.RelayHints.Any(h => agreed.Any(a => IsSameRelay(h, a))))
            throw new ClientException(ClientError.RelayNotChosen);
    }

    private static void RequireOpen(Chat chat)
    {
        if (chat.Ending == ChatStage.Left)
            throw new ClientException(ClientError.ChatWasLeft);
        if (chat.Ending == ChatStage.Stopped)
            throw new ClientException(ClientError.CopyInUse);
    }

    private static void RequireName(string name)
    {
        if (name.Length == 0 || !PersonName.IsValid(name))
            throw new ClientException(ClientError.BadName);
    }
}

using System.Security.Cryptography;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Texts too long for eight boxes: large boxes of a temporary channel, and a message that points to them (decision 26).</content>
internal sealed partial class Engine
{
    private const int MaxFetches = 256;

    // of a channel; more of them would stand in the way of acknowledging anything else
    private const int MaxGivenUp = 32;

    private static readonly TimeSpan FetchAgainAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan FetchBudgetPause = TimeSpan.FromHours(1);

    private void WriteLongText(StoreTransaction transaction, ChatSession session, SessionChannel channel, Line line, MessageSecret secret)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(line.Text);
        var count = AttachmentChunk.CountFor(text.Length);
        using var key = SecretBuffer.Generate(AttachmentMessage.KeySize, Random);
        using var writer = BoxWriter.Create(WriteCapability.Generate(Random), BoxClass.Large);
        Span<byte> capability = stackalloc byte[ReadCapability.Size];
        using (var reading = writer.GrantRead())
            reading.Write(capability);
        var chunk = new byte[AttachmentChunk.SealedSize];
        for (var i = 0; i < count; i++)
        {
            var start = Math.Min(i * AttachmentChunk.PlainSize, text.Length);
            AttachmentChunk.Seal(key.Bytes, i, count, text.AsSpan(start, Math.Min(AttachmentChunk.PlainSize, text.Length - start)), chunk);
            if (!writer.TryWrite(BoxKind.Data, chunk, RelayIds(session.OutRelays), out var box) || box is null)
                throw new InvalidOperationException("A new channel has room.");
            Keep(transaction, session, SessionChannel.Temporary, box, line.Id);
        }
        var pointer = new AttachmentMessage(AttachmentKind.LongText, capability, count, key.Bytes, Hash256.Of(text), text.Length, "text/plain", "", session.OutRelays);
        using var draft = ContentDraft.Create(pointer, session.Clock.Next(Now), secret: secret);
        WriteDraft(transaction, session, channel, draft, line.Id);
        CryptographicOperations.ZeroMemory(capability);
        CryptographicOperations.ZeroMemory(text);
    }

    private void TakePointer(StoreTransaction transaction, Chat chat, ChatSession session, InChannel input, ulong index, in ContentMessage content, Effect effect)
    {
        var id = MessageId.FromBytes(content.Header.Secret.Bytes);
        if (chat.Find(id) is not null || session.Fetches.Any(f => f.Id == id))
            return;
        if (session.Fetches.Count < MaxFetches
            && TextFetch.TryStart(id, content.Header.Time, content.Body, RelayIds(session.InRelays), input.Log.Channel, index, Now, RepairPlanner.AnswerTime(Now, Random)) is { } fetch)
        {
            session.Fetches.Add(fetch);
            // a relay may have said ok and dropped a box: the writer keeps all of it until the text is whole here
            _ = input.Withheld.Add(index);
        }
        else
            AddTheirs(transaction, chat, id, MessageKind.Unknown, content.Header.Time, "", effect); // a file: kept as such
    }

    private async ValueTask OnChunkAsync(ReadTarget target, ReceivedBox received)
    {
        var session = target.Session!;
        if (session.Fetches.FirstOrDefault(f => ReferenceEquals(f.Reader, target.Reader)) is not { } fetch)
            return;
        var isPiece = fetch.TryTake(received.Index, received.Body);
        fetch.Reader.Commit(received, Now);
        if (isPiece && !fetch.IsComplete)
            WantNew(target.Chat);
        else
            await EndFetchAsync(target, fetch).ConfigureAwait(false);
    }

    /// <summary>Shows the text; or that something came which can't be shown, where a piece is not what the pointer said.</summary>
    private async ValueTask EndFetchAsync(ReadTarget target, TextFetch fetch)
    {
        var session = target.Session!;
        var effect = new Effect();
        using var transaction = Store.Begin();
        if (fetch.IsComplete && fetch.Join() is { } text)
            AddTheirs(transaction, target.Chat, fetch.Id, MessageKind.Text, fetch.Time, text, effect);
        else
            AddTheirs(transaction, target.Chat, fetch.Id, MessageKind.Unknown, fetch.Time, "", effect);
        _ = session.Fetches.Remove(fetch);
        if (InputOf(session, fetch)?.Withheld.Remove(fetch.Index) == true)
            session.Acknowledgements.NoteReceived(MessageType.Attachment, Now, Random);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, target.Chat).ConfigureAwait(false);
        fetch.Dispose();
        _fetched += effect.Added.Count;
        foreach (var line in effect.Added)
            Raise(ClientEventKind.MessageAdded, target.Chat, line);
        Raise(ClientEventKind.ChatChanged, target.Chat);
    }

    private static InChannel? InputOf(ChatSession session, TextFetch fetch) =>
        session.Inputs.Select(i => i.Input).FirstOrDefault(i => i.Log.Channel == fetch.Channel);

    /// <summary>Asks for what is missing of long texts, once a day; one that is not whole when its boxes' life is over is given up.</summary>
    private bool CareForFetches(StoreTransaction transaction, Chat chat, ChatSession session, bool canAsk, Effect effect)
    {
        var changed = false;
        foreach (var fetch in session.Fetches.ToArray())
        {
            // a longer pause than there is is from before the clock was set back
            if (fetch.NextAsk - Now > FetchAgainAfter)
                fetch.NextAsk = Now;
            if (fetch.NextAsk > Now)
                continue;
            changed = true;
            // who was away asks once more before: it is the time at which to ask that is compared, not the time now
            if (fetch.NextAsk - fetch.Since >= BoxLife)
            {
                GiveUp(transaction, chat, session, fetch, effect);
                continue;
            }
            var request = session.Repairs.TakeRequest(fetch.Boxes, fetch.Missing, Now, canAsk);
            if (request is not null)
                WriteControl(transaction, session, request);
            fetch.NextAsk = Now + (canAsk && request is null ? FetchBudgetPause : FetchAgainAfter);
        }
        return changed;
    }

    /// <summary>A text that can't be had: told, and not acknowledged, so that it does not look received to its writer.</summary>
    private void GiveUp(StoreTransaction transaction, Chat chat, ChatSession session, TextFetch fetch, Effect effect)
    {
        _ = session.Fetches.Remove(fetch);
        fetch.Dispose();
        effect.Added.Add(AddNotice(transaction, chat, ChatNotice.MessagesMissing, ""));
        if (InputOf(session, fetch) is not { } input)
            return;
        var givenUp = input.Withheld.Where(i => !session.Fetches.Any(f => f.Index == i && f.Channel == fetch.Channel)).ToArray();
        if (givenUp.Length > MaxGivenUp)
            _ = input.Withheld.Remove(givenUp[0]);
    }
}

using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;

namespace Secrets.Client.Engine;

/// <content>A guest whose answer was not the one that was taken: the offer is gone, and no confirmation lies where it should.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(10);

    // the first may have been asked for before the offer was seen to be gone
    private const int VainLooks = 2;

    /// <summary>True while the fate of an answer is open: then the offer is looked at again, now and then.</summary>
    private static bool IsUndecided(Chat chat, SecretTry entered) =>
        entered is { Stage: TryStage.Answered, Kind: OfferKind.Link } && chat.Unconfirmed(entered) is not null;

    private void LookForOffers(Chat chat)
    {
        foreach (var entered in chat.Tries.Where(t => t.LookAgain <= Now && IsUndecided(chat, t)))
        {
            entered.LookAgain = Now + LookAgainAfter;
            foreach (var relay in _relays.Values.Where(r => r.IsUp))
            {
                foreach (var target in OfferTargets(chat, relay).Where(t => ReferenceEquals(t.Try, entered)))
                    _ = relay.Wanted.Add(target.Address);
            }
        }
    }

    /// <summary>The owner puts the confirmation to a relay before it deletes the offer there: one look tells whom it took.</summary>
    private static void LookForConfirmation(RelayState relay, Chat chat, SecretTry entered)
    {
        if (!IsUndecided(chat, entered))
            return;
        _ = entered.GoneAt.TryAdd(relay.Id, 0);
        WantConfirmation(relay, chat.Unconfirmed(entered)!);
    }

    private static void WantConfirmation(RelayState relay, ChatSession session)
    {
        var reader = session.ConfirmIn!.Reader;
        foreach (var expected in reader.Expected.Where(e => e.Relay == relay.Id && e.Index == reader.NextIndex))
            _ = relay.Wanted.Add(expected.Address);
    }

    private async ValueTask OnNoConfirmationAsync(RelayState relay, Chat chat, ChatSession session)
    {
        if (chat.Tries.FirstOrDefault(t => t.Secret.Id == session.Secret.Id) is not { } entered || !IsUndecided(chat, entered) || !entered.GoneAt.TryGetValue(relay.Id, out var looks))
            return;
        entered.GoneAt[relay.Id] = Math.Min(looks + 1, VainLooks);
        if (looks + 1 < VainLooks)
        {
            WantConfirmation(relay, session);
            return;
        }
        var inReach = _relays.Values.Where(r => r.IsUp && IsAt(session.InRelays, r));
        if (inReach.All(r => entered.GoneAt.GetValueOrDefault(r.Id) >= VainLooks))
            await LoseAsync(chat, entered, session).ConfigureAwait(false);
    }

    /// <summary>The secret is no longer good; what was said waits for whoever comes by another one.</summary>
    private async ValueTask LoseAsync(Chat chat, SecretTry entered, ChatSession session)
    {
        using var transaction = Store.Begin();
        entered.Stage = TryStage.Failed;
        foreach (var line in session.Boxes.Select(b => b.Message).OfType<MessageId>().Distinct().Select(chat.Find).OfType<Line>().Where(l => l.State == DeliveryState.Sent))
        {
            line.State = DeliveryState.Waiting;
            ChatFacts.PutState(transaction, line);
        }
        DropBoxes(transaction, session, [.. session.Boxes]);
        SessionSlot.Put(transaction, session);
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        await FlushWaitingAsync(chat).ConfigureAwait(false);
        AfterChange(chat);
    }
}

using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>The chat that somebody looks at: its next boxes are asked for by waiting reads, so that what is said in it comes at once.</content>
/// <remarks>All others go by the bell and a pause. Spec: docs/protocol/boxes.md §4.7.</remarks>
internal sealed partial class Engine
{
    // decision 9 (3): so many wait at once, most of them decoys, so that the relay does not see which matter before one is there
    private const int WaitingReads = 16;
    private const byte WaitSeconds = 120;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(WaitSeconds + 30);

    // a relay that says at once that nothing is there does not wait: it is not asked without end
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(WaitSeconds / 2);
    private static readonly TimeSpan WaitPause = TimeSpan.FromSeconds(30);

    private ChatId? _attended;

    /// <summary>Says which chat is looked at; null: none.</summary>
    public void Attend(ChatId? chat)
    {
        if (chat is { } id)
            _ = Require(id);
        _attended = chat;
        Pump();
    }

    private void StartWaitingReads(RelayState relay)
    {
        if (Attended is not { } id || relay.WaitsFrom > Now || relay.Connection is not { } connection)
            return;
        RefreshTargets(relay);
        var targets = relay.TargetsOf(id).Where(t => CanWaitFor(relay, t)).ToList();
        if (targets.Count == 0)
            return;
        var batch = targets.ConvertAll(t => (t.Address, Target: (ReadTarget?)t));
        while (relay.Waiting.Count + batch.Count < WaitingReads)
            batch.Add((Decoy(), null));
        foreach (var (address, target) in batch.OrderBy(_ => Random.Next(uint.MaxValue)))
        {
            _ = relay.Waiting.Add(address);
            var request = new byte[Cell.HeadSize];
            BoxRequest.WriteRead(request, address, BoxClass.Small, WaitSeconds, Random);
            var asked = Now;
            Ask(connection, request, answer => OnWaitedAsync(relay, address, target, asked, answer), WaitLimit);
        }
    }

    private bool CanWaitFor(RelayState relay, ReadTarget target) =>
        target.Reader is { Class: BoxClass.Small } reader && target.Index == reader.NextIndex && target.Chat.Fetching.HasRoom(Now)
        && !relay.Waiting.Contains(target.Address) && !relay.Underway.Contains(target.Address) && !relay.Wanted.Contains(target.Address);

    private async ValueTask OnWaitedAsync(RelayState relay, BoxAddress address, ReadTarget? target, DateTimeOffset asked, ReadOnlyMemory<byte>? answer)
    {
        _ = relay.Waiting.Remove(address);
        if (target is not null && answer is { } cell)
        {
            if (BoxAnswer.TryRead(cell.Span, out var read) == CellError.None && read.Status is BoxStatus.None or BoxStatus.Refused)
                PauseWaiting(relay, asked);
            else
                await TakeReadAnswerAsync(relay, target, cell).ConfigureAwait(false);
        }
        else if (target is not null && relay.IsUp)
        {
            PauseWaiting(relay, asked);
        }
        Pump();
    }

    private void PauseWaiting(RelayState relay, DateTimeOffset asked)
    {
        if (Now - asked < ShortestWait)
            relay.WaitsFrom = Now + WaitPause;
    }

    // r·B, as the addresses of boxes are: a random string would mostly be none
    private BoxAddress Decoy()
    {
        using var key = Ed25519PrivateKey.Generate(Random);
        _ = BoxAddress.TryRead(key.PublicKey.Bytes, out var address);
        return address;
    }
}

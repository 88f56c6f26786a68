using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Comparing the copies of a box: whoever gave two relays two contents is found, and the person is told (decision 14; boxes.md §4.7).</content>
internal sealed partial class Engine
{
    private const int MaxComparisons = 256;
    private const int MaxVainComparisons = 3;
    private const int MaxSecondContents = 16;

    /// <summary>Where the other copies of a box lie; asked before its keys are gone, which know it.</summary>
    private static ExpectedBox[] OtherCopies(RelayState relay, BoxReader reader, ulong index) =>
        reader.Relays.Count == 1 ? [] : [.. reader.Expected.Where(e => e.Index == index && e.Relay != relay.Id)];

    private void CompareLater(ReadTarget taken, ExpectedBox[] copies)
    {
        foreach (var copy in copies)
        {
            if (!_relays.TryGetValue(copy.Relay, out var other))
                continue;
            // of more than can be compared random ones are, so that nobody knows which are not
            if (other.Comparisons.Count >= MaxComparisons)
                _ = other.Comparisons.Remove(other.Comparisons.Keys.ElementAt((int)Random.Next(MaxComparisons)));
            var target = new ReadTarget
            {
                Chat = taken.Chat,
                Address = copy.Address,
                IsNext = false,
                Session = taken.Session,
                Channel = taken.Channel,
                Reader = taken.Reader,
                Index = copy.Index,
            };
            other.Comparisons[copy.Address] = new CopyComparison(target, Now + CopySpread());
        }
    }

    private TimeSpan CopySpread() => _options.CopyDelay + Spread(_options.LatestCopyDelay - _options.CopyDelay);

    private void StartComparisons(RelayState relay)
    {
        if (relay.Connection is not { } connection)
            return;
        foreach (var (address, comparison) in relay.Comparisons.Where(c => c.Value.Due <= Now && !c.Value.AwaitsBell).ToArray())
        {
            if (relay.Underway.Count >= MaxUnderway)
                return;
            if (!IsComparable(comparison))
            {
                _ = relay.Comparisons.Remove(address);
                continue;
            }
            if (!relay.Comparing.HasRoom(Now))
            {
                comparison.Due = relay.Comparing.RoomAt(Now);
                continue;
            }
            if (!relay.Underway.Add(address))
                continue;
            relay.Comparing.Spend(isLarge: false, Now);
            var request = new byte[Cell.HeadSize];
            BoxRequest.WriteRead(request, address, comparison.Target.Class, 0, Random);
            Ask(connection, request, answer => OnCopyAsync(relay, comparison, answer));
        }
    }

    private bool IsComparable(CopyComparison comparison) =>
        IsCurrent(comparison.Target.Chat) && comparison.Target.Chat.Ending is null && comparison.Target.Chat.Sessions.Contains(comparison.Target.Session!);

    private void CompareAnnounced(RelayState relay, Bell bell)
    {
        foreach (var comparison in relay.Comparisons.Values.Where(c => c.AwaitsBell && bell.MayHave(c.Target.Address)))
        {
            comparison.AwaitsBell = false;
            comparison.Due = Now + Spread(_options.FetchSpread);
        }
    }

    private async ValueTask OnCopyAsync(RelayState relay, CopyComparison comparison, ReadOnlyMemory<byte>? answer)
    {
        var address = comparison.Target.Address;
        _ = relay.Underway.Remove(address);
        if (IsComparable(comparison))
            await TakeCopyAsync(relay, comparison, answer).ConfigureAwait(false);
        else
            _ = relay.Comparisons.Remove(address);
        Pump();
    }

    private async ValueTask TakeCopyAsync(RelayState relay, CopyComparison comparison, ReadOnlyMemory<byte>? answer)
    {
        var target = comparison.Target;
        if (answer is not { } cell || BoxAnswer.TryRead(cell.Span, out var read) != CellError.None || read.Address != target.Address || read.Class != target.Class || read.Status == BoxStatus.Refused)
        {
            CompareAgain(relay, comparison);
            return;
        }
        if (read.Status == BoxStatus.None)
        {
            comparison.AwaitsBell = true;
            return;
        }
        if (read.Status != BoxStatus.Ok || SealedBox.TryCreate(read.Address, read.Signature, read.Body, out var box) != BoxError.None || box is null)
        {
            // deleted, or nothing that could be a box: no second content
            _ = relay.Comparisons.Remove(target.Address);
            return;
        }
        var error = target.Reader!.TryOpen(relay.Id, box, out var received);
        received?.Dispose();
        if (error == BoxError.SignatureInvalid)
        {
            Raise(ClientEventKind.RelayMisbehaved, relay: relay);
            CompareAgain(relay, comparison);
            return;
        }
        _ = relay.Comparisons.Remove(target.Address);
        if (error == BoxError.SecondContent)
            await KeepSecondContentAsync(target.Chat, box).ConfigureAwait(false);
    }

    private void CompareAgain(RelayState relay, CopyComparison comparison)
    {
        comparison.Due = Now + CopySpread();
        if (++comparison.Vain >= MaxVainComparisons)
            _ = relay.Comparisons.Remove(comparison.Target.Address);
    }

    /// <summary>The first content stays what it was; the second is kept sealed, as its keys are gone, and the person is told.</summary>
    private async ValueTask KeepSecondContentAsync(Chat chat, SealedBox box)
    {
        var bytes = new byte[box.EncodedSize];
        box.Write(bytes);
        var known = Store.Facts.GetAll(chat.Entity, Schema.SecondContent);
        if (known.Count >= MaxSecondContents || known.Any(k => k.AsBytes().SequenceEqual(bytes)))
            return;
        using var transaction = Store.Begin();
        transaction.Assert(chat.Entity, Schema.SecondContent, FactValue.Bytes(bytes));
        var line = AddNotice(transaction, chat, ChatNotice.TwoVersions, "");
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, line);
        Raise(ClientEventKind.ChatChanged, chat);
    }
}

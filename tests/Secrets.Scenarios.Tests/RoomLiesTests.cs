using Secrets.Client.Rooms;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Scenarios.Tests;

/// <summary>A real client in a room whose relay lies to it.</summary>
public sealed class RoomLiesTests
{
    // the last byte of a statement's number
    private const int NumberAt = 37;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task What_is_given_twice_is_heard_once()
    {
        await using var told = await Told.StartAsync(static liar => item => [item, liar.Numbered(item), liar.Numbered(item)]);

        await told.SayAsync("one", "two", "three");

        Assert.Equal(["one", "two", "three"], told.Texts);
        Assert.Empty(told.Alarms);
    }

    [Fact]
    public async Task What_comes_in_another_order_is_never_shown_in_it_and_the_gap_is_shown()
    {
        byte[]? held = null;
        await using var told = await Told.StartAsync(liar => item =>
        {
            if (!Told.IsMessage(item))
                return [item];
            if (held is null)
            {
                held = item;
                return [];
            }
            return [liar.Numbered(item), liar.Numbered(held)];
        });

        await told.SayAsync("one", "two");

        Assert.Equal(["two"], told.Texts);
        Assert.Equal([RoomNotice.Gap], told.Alarms);
    }

    [Fact]
    public async Task What_is_changed_or_put_into_the_mouth_of_another_is_not_heard()
    {
        SessionId carol = default;
        await using var told = await Told.StartAsync(liar => item =>
        {
            if (!Told.IsMessage(item))
                return [item];
            Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
            List<ReadOnlyMemory<byte>> lies = [];
            for (var at = 0; at < read.Body.Length; at += 7)
            {
                var changed = read.Body.ToArray();
                changed[at] ^= 1;
                lies.Add(liar.Numbered(RoomItem.Frame(1, false, read.From, default, changed).Span));
            }
            lies.Add(liar.Numbered(RoomItem.Frame(1, false, carol, default, read.Body).Span));
            lies.Add(liar.Numbered(item));
            return lies.TakeLast(60);
        });
        carol = Told.Id(told.Carol.Show(told.Carols).Me);

        await told.SayAsync("one", "two");

        Assert.Equal(["one", "two"], told.Texts);
        Assert.All(told.Lines, line => Assert.Equal("Alice", line.Name));
        Assert.Empty(told.Alarms);
    }

    [Fact]
    public async Task What_was_said_in_one_room_is_not_heard_in_another()
    {
        var moved = new List<byte[]>();
        await using var told = await Told.StartAsync(liar => item => [item, .. moved.Select(one => liar.Numbered(one)).ToList()]);
        var elsewhere = new LyingNetwork(RoomPlace.Network()) { Lie = item => Keep(moved, item) };
        var (alice, spy) = (told.Place.Somebody(), told.Place.Somebody(network: elsewhere));
        var other = await alice.OpenAsync(null, "Alice", null, null, None);
        var spies = await spy.EnterAsync(other.Code, null, "Spy", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(other.Id).Members.Count == 2);
        _ = alice.Send(other.Id, "of the other room", null);
        await RoomPlace.UntilAsync(spy, () => spy.Messages(spies.Id).Any(m => m.Text == "of the other room"));

        await told.SayAsync("one", "two");

        Assert.Contains(moved, item => Told.IsMessage(item));
        Assert.Equal(["one", "two"], told.Texts);
        Assert.Equal(3, told.Bob.Show(told.Bobs).Members.Count);
        Assert.Empty(told.Alarms);
    }

    [Fact]
    public async Task A_decision_that_the_owner_did_not_sign_is_not_followed()
    {
        using var evil = Ed25519PrivateKey.Generate(RandomSource.System);
        Statement[] forged = [];
        await using var told = await Told.StartAsync(liar => item => [item, .. forged.Select(statement => liar.Numbered(RoomItem.Stated(1, statement).Span)).ToList()]);
        var chain = told.Chain();
        forged = [Statement.Next(chain, StatementKind.Lock, evil), Statement.Next(chain, StatementKind.Close, evil), Statement.Remove(chain, Told.Id(told.Bob.Show(told.Bobs).Me), evil),
            Statement.HandOver(chain, Told.Id(told.Carol.Show(told.Carols).Me), evil.PublicKey, evil)];

        await told.SayAsync("one", "two");

        var view = told.Bob.Show(told.Bobs);
        Assert.Equal(["one", "two"], told.Texts);
        Assert.False(view.Locked);
        Assert.Equal(RoomEnding.None, view.Ending);
        Assert.Equal(told.Alice.Show(told.Room).Me, view.Owner);
        Assert.Equal(3, view.Members.Count);
    }

    [Fact]
    public async Task A_decision_that_is_made_up_in_advance_warns_of_nothing()
    {
        using var evil = Ed25519PrivateKey.Generate(RandomSource.System);
        Statement[] forged = [];
        await using var told = await Told.StartAsync(liar => item => [item, .. forged.Select(statement => liar.Numbered(RoomItem.Stated(1, statement).Span)).ToList()]);
        var next = Statement.Next(told.Chain(), StatementKind.Unlock, evil).Bytes;
        Assert.Equal(1, next[NumberAt]);
        Assert.Equal(StatementError.None, Statement.TryRead([.. next[..NumberAt], 2, .. next[(NumberAt + 1)..]], out var ahead));
        forged = [ahead!];
        await told.SayAsync("one");
        forged = [];
        told.Alice.Lock(told.Room, true);
        await RoomPlace.UntilAsync(told.Bob, () => told.Bob.Show(told.Bobs).Locked);
        told.Alice.Lock(told.Room, false);
        await RoomPlace.UntilAsync(told.Bob, () => !told.Bob.Show(told.Bobs).Locked);

        Assert.Empty(told.Alarms);
    }

    [Fact]
    public async Task Who_was_removed_while_the_line_was_cut_is_told_so()
    {
        await using var told = await Told.StartAsync(static _ => item => [item]);
        await told.Liar.CutAsync();
        await RoomPlace.UntilAsync(told.Alice, () => told.Alice.Show(told.Room).Members.Any(m => m.Away));
        told.Alice.Lock(told.Room, true);
        told.Alice.Remove(told.Room, told.Bob.Show(told.Bobs).Me);
        await RoomPlace.UntilAsync(told.Carol, () => told.Carol.Show(told.Carols) is { Locked: true, Members.Count: 2 });
        told.Liar.IsCut = false;
        await RoomPlace.UntilAsync(told.Bob, () => told.Bob.Show(told.Bobs).Stage == RoomStage.Ended);

        Assert.Equal(RoomEnding.Removed, told.Bob.Show(told.Bobs).Ending);
    }

    [Fact]
    public async Task Who_was_away_while_the_room_was_locked_is_back_and_sees_it_locked()
    {
        await using var told = await Told.StartAsync(static _ => item => [item]);
        await told.Liar.CutAsync();
        await RoomPlace.UntilAsync(told.Alice, () => told.Alice.Show(told.Room).Members.Any(m => m.Away));
        var dora = told.Place.Somebody();
        var doras = await dora.EnterAsync(told.Alice.Show(told.Room).Code, null, "Dora", null, None);
        await RoomPlace.UntilAsync(told.Alice, () => told.Alice.Show(told.Room).Members.Count == 4);
        told.Alice.Lock(told.Room, true);
        await RoomPlace.UntilAsync(dora, () => dora.Show(doras.Id).Locked);
        told.Liar.IsCut = false;
        await RoomPlace.UntilAsync(told.Bob, () => told.Bob.Show(told.Bobs).Members.Count == 4);
        await RoomPlace.UntilAsync(dora, () => dora.Show(doras.Id).Members.Count == 4);
        _ = told.Bob.Send(told.Bobs, "Back", null);
        await RoomPlace.UntilAsync(dora, () => dora.Messages(doras.Id).Any(m => m.Text == "Back"));

        Assert.True(told.Bob.Show(told.Bobs).Locked);
        Assert.Equal(dora.Show(doras.Id).SafetyWords, told.Bob.Show(told.Bobs).SafetyWords);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Keep(List<byte[]> kept, byte[] item)
    {
        kept.Add(item);
        return [item];
    }

    /// <summary>Alice and Carol at a relay that tells Bob something else.</summary>
    private sealed class Told : IAsyncDisposable
    {
        private Told(RoomPlace place, LyingNetwork liar)
        {
            Place = place;
            Liar = liar;
            (Alice, Bob, Carol) = (place.Somebody(), place.Somebody(network: liar), place.Somebody());
        }

        public RoomPlace Place { get; }

        public LyingNetwork Liar { get; }

        public RoomClient Alice { get; }

        public RoomClient Bob { get; }

        public RoomClient Carol { get; }

        public string Room { get; private set; } = "";

        public string Bobs { get; private set; } = "";

        public string Carols { get; private set; } = "";

        public IEnumerable<RoomMessageView> Lines => Bob.Messages(Bobs).Where(m => m.Notice == RoomNotice.None && m.Text != "The end");

        public IEnumerable<string> Texts => Lines.Select(m => m.Text);

        public IEnumerable<RoomNotice> Alarms => Bob.Messages(Bobs).Select(m => m.Notice).Where(notice => notice is RoomNotice.Gap or RoomNotice.Withheld or RoomNotice.Divided);

        public static async Task<Told> StartAsync(Func<LyingNetwork, Func<byte[], IEnumerable<ReadOnlyMemory<byte>>>> lie)
        {
            var liar = new LyingNetwork(RoomPlace.Network());
            var told = new Told(await RoomPlace.StartAsync(), liar);
            var room = await told.Alice.OpenAsync(null, "Alice", null, null, None);
            told.Room = room.Id;
            told.Bobs = (await told.Bob.EnterAsync(room.Code, null, "Bob", null, None)).Id;
            told.Carols = (await told.Carol.EnterAsync(room.Code, null, "Carol", null, None)).Id;
            await RoomPlace.UntilAsync(told.Alice, () => told.Alice.Show(told.Room).Members.Count == 3);
            await RoomPlace.UntilAsync(told.Bob, () => told.Bob.Show(told.Bobs).Members.Count == 3);
            await RoomPlace.UntilAsync(told.Carol, () => told.Carol.Show(told.Carols).Members.Count == 3);
            liar.Lie = lie(liar);
            return told;
        }

        public static bool IsMessage(byte[] item) => RoomItem.TryRead(item, out var read) == RoomItemError.None && read.Kind == RoomItemKind.Frame && read.Body[0] == 3;

        public static SessionId Id(string session)
        {
            Assert.True(SessionId.TryRead(Convert.FromHexString(session), out var id));
            return id;
        }

        /// <summary>Alice says these; then the lying ends with Carol's last word, which Bob hears.</summary>
        public async Task SayAsync(params string[] texts)
        {
            foreach (var text in texts)
                _ = Alice.Send(Room, text, null);
            await RoomPlace.UntilAsync(Carol, () => texts.All(text => Carol.Messages(Carols).Any(m => m.Text == text)));
            // what was said is on its way to Bob before this is
            Alice.React(Room, Alice.Messages(Room).Last(m => m.Own).Id, "!");
            await RoomPlace.UntilAsync(Carol, () => Carol.Messages(Carols).Any(m => m.Reactions.Count > 0));
            _ = Carol.Send(Carols, "The end", null);
            await RoomPlace.UntilAsync(Bob, () => Bob.Messages(Bobs).Any(m => m.Text == "The end"));
        }

        /// <summary>The owner's statements, as anybody inside has them.</summary>
        public StatementChain Chain()
        {
            using var machine = Machine();
            var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: true, RandomSource.System);
            Assert.Equal(RoomItemError.None, RoomEntry.TryRead(machine.Enter(EntryKind.Reopen, challenge, 0, default).Span, out var entry));
            Assert.Equal(StatementError.None, StatementChain.TryBegin(entry!.Statements, machine.Address, out var chain));
            return chain!;
        }

        public ValueTask DisposeAsync() => Place.DisposeAsync();

        private Protocol.Rooms.RoomMachine Machine()
        {
            Assert.True(RoomState.TryRead(Carol.Keep(Carols).Span, RandomSource.System, out var code, out _, out _, out var machine));
            code!.Dispose();
            return machine!;
        }
    }
}

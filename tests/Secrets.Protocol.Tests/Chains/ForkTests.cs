using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;
using Secrets.Protocol.Chains;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>The rules for forks (decision 5) and that the order of arrival has no part in them.</summary>
public sealed class ForkTests
{
    private readonly Person _alice = new(2);

    [Fact]
    public void Decision_5_rule_1_the_branch_that_revokes_the_others_signer_stands()
    {
        var (senior, junior, shared) = TwoDevices();
        var left = _alice.View(shared);
        var revoke = left.BuildRevoke(junior, senior.Signing.PublicKey);
        var add = Person.Add(left, senior, _alice.Device());

        AssertStands([shared, add, revoke], revoke, add);
    }

    [Fact]
    public void Decision_5_rule_1_also_where_the_revocation_comes_later_in_the_branch()
    {
        var (senior, junior, shared) = TwoDevices();
        var left = _alice.View(shared);
        var harmless = Person.Add(left, senior, _alice.Device());
        _ = Person.Append(left, harmless);
        var revoke = left.BuildRevoke(senior, junior.Signing.PublicKey);
        var right = _alice.View(shared);
        var backdated = Person.Add(right, junior, _alice.Device());

        AssertStands([shared, harmless, revoke, backdated], revoke, backdated);
    }

    [Fact]
    public void Decision_5_rule_2_of_two_that_revoke_each_other_the_senior_stands()
    {
        var (senior, junior, shared) = TwoDevices();
        var view = _alice.View(shared);
        var bySenior = view.BuildRevoke(senior, junior.Signing.PublicKey);
        var byJunior = view.BuildRevoke(junior, senior.Signing.PublicKey);

        AssertStands([shared, bySenior, byJunior], bySenior, byJunior);
    }

    [Fact]
    public void Decision_5_rule_2_the_recovery_key_is_more_senior_than_every_device()
    {
        var (senior, junior, shared) = TwoDevices();
        var view = _alice.View(shared);
        var restore = view.BuildRestore(_alice.Root, _alice.Beta, _alice.Device(), [senior.Signing.PublicKey], _alice.NextRoot);
        var theft = view.BuildRevoke(senior, junior.Signing.PublicKey);

        AssertStands([shared, restore, theft], restore, theft);
    }

    [Fact]
    public void Decision_5_rule_3_else_the_lower_hash_stands()
    {
        var view = _alice.View();
        var one = Person.Add(view, _alice.First, _alice.Device());
        var two = Person.Add(view, _alice.First, _alice.Device());
        var (lower, higher) = one.Hash.CompareTo(two.Hash) < 0 ? (one, two) : (two, one);

        AssertStands([one, two], lower, higher);
    }

    [Fact]
    public void Decision_5_what_hangs_on_a_loser_is_void_and_may_be_proposed_again()
    {
        var view = _alice.View();
        var lost = _alice.Device();
        var one = Person.Add(view, _alice.First, _alice.Device());
        var two = Person.Add(view, _alice.First, lost);
        var (lower, higher) = one.Hash.CompareTo(two.Hash) < 0 ? (one, two) : (two, one);
        var loser = _alice.View(higher);
        var dependent = Person.Add(loser, _alice.First, _alice.Device());
        var chain = _alice.View(higher, dependent);
        Assert.Equal(3, chain.Devices.Count);

        Assert.Equal(ChainChange.Reorganised, Person.Append(chain, lower));
        Assert.Equal(2, chain.Devices.Count);
        Assert.Equal(2, chain.VoidLinks.Count);
        Assert.True(chain.HasForks);
        Assert.Equal(HeadStanding.Void, chain.NoteHead(new ChainHead(2, dependent.Hash)));
    }

    [Fact]
    public void Decision_4_of_two_imports_of_one_copy_one_stands_and_the_other_is_shown()
    {
        var copy = _alice.View();
        Link[] imports =
        [
            copy.BuildRestore(_alice.Root, _alice.Beta, _alice.Device(), [_alice.First.Signing.PublicKey], _alice.NextRoot),
            copy.BuildRestore(_alice.Root, _alice.Beta, _alice.Device(), [_alice.First.Signing.PublicKey], _alice.OtherRoot),
        ];
        var (lower, higher) = imports[0].Hash.CompareTo(imports[1].Hash) < 0 ? (imports[0], imports[1]) : (imports[1], imports[0]);

        AssertStands(imports, lower, higher);
    }

    [Fact]
    public void A_circle_of_revocations_goes_to_the_most_senior()
    {
        var (a, b, shared) = TwoDevices();
        var c = _alice.Device();
        var view = _alice.View(shared);
        var third = Person.Add(view, a, c);
        _ = Person.Append(view, third);
        var ab = view.BuildRevoke(a, b.Signing.PublicKey);
        var bc = view.BuildRevoke(b, c.Signing.PublicKey);
        var ca = view.BuildRevoke(c, a.Signing.PublicKey);

        foreach (var order in new[] { new[] { ab, bc, ca }, [ca, bc, ab], [bc, ab, ca] })
            Assert.Equal(ab.Hash, _alice.View([shared, third, .. order]).Head.Hash);
    }

    [Fact]
    public void E_60_an_attacker_cannot_win_with_a_third_branch_that_has_a_low_hash()
    {
        var (senior, junior, shared) = TwoDevices();
        var view = _alice.View(shared);
        var revoke = view.BuildRevoke(senior, junior.Signing.PublicKey);
        var innocent = Person.Add(view, senior, _alice.Device());
        for (var i = 0; i < 8; i++)
        {
            var attack = Person.Add(view, junior, _alice.Device());
            foreach (var order in new[] { new[] { attack, innocent, revoke }, [innocent, attack, revoke], [revoke, innocent, attack] })
                Assert.NotEqual(attack.Hash, _alice.View([shared, .. order]).Head.Hash);
        }
    }

    [Fact]
    public void Void_links_are_kept_up_to_a_limit()
    {
        var chain = _alice.View();
        var links = Enumerable.Range(0, ParticipantChain.MaxVoidLinks + 2).Select(_ => Person.Add(_alice.View(), _alice.First, _alice.Device())).ToList();
        var errors = links.Select(l => chain.TryAppend(l, out _)).ToList();

        Assert.Equal(1, errors.Count(e => e == ChainError.TooMany));
        Assert.Equal(ParticipantChain.MaxVoidLinks, chain.VoidLinks.Count);
    }

    [Fact]
    public void Decision_5_forks_in_any_order_give_one_chain() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new SeededRandomForTestsOnly((ulong)seed);
            var person = new Person((ulong)seed + 1);
            var links = GrowForest(person, random);
            var first = Feed(person, links);
            for (var i = 0; i < 4; i++)
                AssertSame(first, Feed(person, Shuffle(links, random)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(25)));

    /// <summary>Devices that know different parts of the chain go on adding and revoking.</summary>
    private static List<Link> GrowForest(Person person, RandomSource random)
    {
        var devices = new List<DeviceKeys> { person.First };
        var links = new List<Link>();
        var views = new List<ParticipantChain> { person.View(), person.View(), person.View() };
        for (var step = 0; step < 14; step++)
        {
            var view = views[(int)random.Next(3)];
            var able = devices.Where(d => view.IsCurrentDevice(d.Signing.PublicKey)).ToList();
            if (random.Next(3) == 0)
            {
                foreach (var link in links)
                    _ = view.TryAppend(link, out _);
                continue;
            }

            Link? made = null;
            if (random.Next(12) == 0 && view.RecoveryKey == person.View().RecoveryKey && view.Devices.Count > 0)
                made = view.BuildRestore(person.Root, person.Beta, New(devices, person), [view.Devices[0].Key], person.NextRoot);
            else if (able.Count > 0 && random.Next(2) == 0)
                made = Person.Add(view, able[(int)random.Next((uint)able.Count)], New(devices, person));
            else if (able.Count > 0 && view.Devices.Count > 1)
                made = view.BuildRevoke(able[(int)random.Next((uint)able.Count)], view.Devices[(int)random.Next((uint)view.Devices.Count)].Key);
            if (made is null)
                continue;
            _ = Person.Append(view, made);
            links.Add(made);
        }

        return links;
    }

    private static DeviceKeys New(List<DeviceKeys> devices, Person person)
    {
        devices.Add(person.Device());
        return devices[^1];
    }

    private static ParticipantChain Feed(Person person, IReadOnlyList<Link> links)
    {
        var chain = person.View();
        var waiting = links.Concat(links).ToList();
        while (waiting.Count > 0)
        {
            var missing = waiting.Where(l => chain.TryAppend(l, out _) == ChainError.MissingPrevious).ToList();
            Assert.True(missing.Count < waiting.Count);
            waiting = missing;
        }

        return chain;
    }

    private static List<Link> Shuffle(List<Link> links, RandomSource random)
    {
        var left = links.ToList();
        var shuffled = new List<Link>();
        while (left.Count > 0)
        {
            var at = (int)random.Next((uint)left.Count);
            shuffled.Add(left[at]);
            left.RemoveAt(at);
        }

        return shuffled;
    }

    private static void AssertSame(ParticipantChain x, ParticipantChain y)
    {
        Assert.Equal(x.Head, y.Head);
        Assert.Equal(x.HighWater.Sequence >= x.Head.Sequence, y.HighWater.Sequence >= y.Head.Sequence);
        Assert.Equal(x.Devices.Select(d => d.Key), y.Devices.Select(d => d.Key));
        Assert.Equal(x.RecoveryKey, y.RecoveryKey);
        Assert.Equal(x.Links.Select(l => l.Hash), y.Links.Select(l => l.Hash));
        Assert.Equal(x.VoidLinks.Select(l => l.Hash), y.VoidLinks.Select(l => l.Hash));
    }

    private (DeviceKeys Senior, DeviceKeys Junior, Link Shared) TwoDevices()
    {
        var junior = _alice.Device();
        return (_alice.First, junior, Person.Add(_alice.View(), _alice.First, junior));
    }

    private void AssertStands(Link[] links, Link winner, Link loser)
    {
        foreach (var order in new[] { links, links.Reverse().ToArray() })
        {
            var chain = Feed(_alice, order);
            Assert.Equal(winner.Hash, chain.Head.Hash);
            Assert.Contains(loser.Hash, chain.VoidLinks.Select(l => l.Hash));
        }
    }
}

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>Any order of arrival gives the same state; equal content has an equal root.</summary>
public class MergeProperties
{
    private static readonly EntityId[] Entities = [.. Enumerable.Range(1, 3).Select(i => EntityId.FromUuid(World.Chat, [.. Enumerable.Repeat((byte)i, 16)]))];
    private static readonly AttributeName[] Attributes = [World.Name, World.Tags, World.Key];

    [Fact]
    public void Any_order_of_arrival_gives_the_same_state() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed => Check(seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(100)));

    [Fact]
    public void The_order_of_facts_in_a_transaction_does_not_change_the_commit()
    {
        var world = new World();
        var facts = Enumerable.Range(0, 300).Select(i => new Fact(Entities[i % 3], AttributeName.Set("many"), FactValue.Text($"value {i} {new string('x', i)}"), [])).ToArray();
        var head = Head(world.Device, 1, []);
        var nodes = CommitWriter.Write(head, CommitWriter.Sort(facts), world.Device);
        Assert.True(nodes.Count > 3);
        for (var i = 0; i < 5; i++)
        {
            world.Random.Next(1000);
            var shuffled = facts.OrderBy(_ => world.Random.Next(int.MaxValue)).ToArray();
            Assert.Equal(nodes.Select(node => node.Name), CommitWriter.Write(head, CommitWriter.Sort(shuffled), world.Device).Select(node => node.Name));
        }
    }

    [Fact]
    public void Two_facts_of_a_device_that_wrote_twice_end_together_in_any_order()
    {
        var world = new World();
        var twin = new[] { "a", "b" }.Select(text => Commit(world.Device, 5, new Fact(Entities[0], World.Key, FactValue.Secret(Encoding.UTF8.GetBytes(text)), []))).ToArray();
        var later = Commit(new World(2).Device, 9, new Fact(Entities[0], World.Key, FactValue.Secret("c"u8), [new Dot(world.Device.PublicKey, new HybridTime(5), 0)]));
        var dumps = Orders([.. twin, later]).Select(Dump).Distinct();
        Assert.Single(dumps);
    }

    private static bool Check(uint seed)
    {
        var commits = MakeCommits(new TestRandom(seed));
        var expected = Dump(commits);
        var random = new TestRandom(seed + 1UL);
        for (var i = 0; i < 4; i++)
        {
            if (Dump([.. commits.OrderBy(_ => random.Next(int.MaxValue))]) != expected)
                return false;
        }
        return true;
    }

    /// <summary>Three devices write and now and then take in what the others wrote.</summary>
    private static List<Commit> MakeCommits(TestRandom random)
    {
        var devices = Enumerable.Range(0, 3).Select(_ => Ed25519PrivateKey.Generate(random)).ToArray();
        var views = devices.Select(_ => new FactView()).ToArray();
        var seen = devices.Select(_ => new HashSet<Commit>()).ToArray();
        var all = new List<Commit>();
        for (var step = 1; step <= 25; step++)
        {
            var who = random.Next(3);
            foreach (var commit in all.Where(commit => !seen[who].Contains(commit) && random.Next(3) == 0).ToArray())
            {
                views[who].Apply(commit);
                seen[who].Add(commit);
            }
            var changes = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Change(random)).ToList();
            var (signed, _) = new ChangeCollector(views[who]).Collect(changes);
            if (signed.Length == 0)
                continue;
            var made = Commit(devices[who], (ulong)(step + random.Next(2)), signed);
            views[who].Apply(made);
            seen[who].Add(made);
            all.Add(made);
        }
        return all;
    }

    private static FactChange Change(TestRandom random)
    {
        var entity = Entities[random.Next(3)];
        var attribute = Attributes[random.Next(3)];
        var text = random.Next(4).ToString(CultureInfo.InvariantCulture);
        var value = attribute == World.Key ? FactValue.Secret(Encoding.UTF8.GetBytes(text)) : FactValue.Text(text);
        return random.Next(6) switch
        {
            0 => new FactChange(FactChangeKind.RetractValue, entity, attribute, value),
            1 => new FactChange(FactChangeKind.RetractAttribute, entity, attribute, null),
            2 => new FactChange(FactChangeKind.RetractEntity, entity, default, null),
            _ => new FactChange(FactChangeKind.Assert, entity, attribute, value),
        };
    }

    private static CommitHead Head(Ed25519PrivateKey device, ulong time, Hash256[] parents) => new()
    {
        LedgerId = default,
        Part = StorePart.Signed,
        Author = device.PublicKey,
        Time = new HybridTime(time),
        Parents = parents,
        HeadsSeen = [],
    };

    private static Commit Commit(Ed25519PrivateKey device, ulong time, params Fact[] facts)
    {
        var nodes = CommitWriter.Write(Head(device, time, []), facts, device);
        Assert.Equal(CommitError.None, new CommitReader(nodes.Where(node => node.Kind != NodeKind.Commit).ToDictionary(node => node.Name)).TryRead(nodes[^1], out var commit));
        return commit;
    }

    private static string Dump(IReadOnlyList<Commit> commits)
    {
        var view = new FactView();
        foreach (var commit in commits)
            view.Apply(commit);
        var text = new StringBuilder();
        foreach (var entity in Entities)
        {
            foreach (var attribute in Attributes)
            {
                text.Append(entity.CompareTo(Entities[0])).Append(attribute).Append(':');
                text.AppendJoin(',', view.GetAll(entity, attribute).Select(value => Convert.ToHexString(value.Encoded)));
                text.Append('|').AppendJoin(',', view.Conflicts(entity, attribute).Select(version => Convert.ToHexString(version.Value.Encoded)));
                text.Append('|').AppendJoin(',', view.History(entity, attribute).Select(version => version.IsLive)).AppendLine();
            }
            text.Append(view.Contains(entity));
        }
        return text.ToString();
    }

    private static IEnumerable<IReadOnlyList<Commit>> Orders(Commit[] commits)
    {
        for (var i = 0; i < commits.Length; i++)
        {
            for (var j = 0; j < commits.Length; j++)
            {
                if (i != j)
                    yield return [commits[i], commits[j], commits[3 - i - j]];
            }
        }
    }
}

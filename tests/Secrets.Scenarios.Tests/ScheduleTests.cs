using FsCheck;
using FsCheck.Fluent;
using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

/// <summary>E-22, E-25: whatever happens in whatever order, both sides end with the same conversation, each message once.</summary>
public sealed class ScheduleTests
{
    private const int ActionCount = 12;

    [Fact]
    public void Random_schedules_end_in_the_same_conversation_on_both_sides() =>
        Prop.ForAll(
            Arb.From(Gen.Choose(1, 1_000_000)),
            Arb.From(Gen.ListOf(Gen.Choose(0, (2 * ActionCount) - 1))),
            (seed, schedule) => PlayAsync((ulong)seed, schedule).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithEndSize(25));

    [Theory]
    [InlineData(201UL)]
    [InlineData(202UL)]
    [InlineData(203UL)]
    [InlineData(204UL)]
    [InlineData(205UL)]
    [InlineData(206UL)]
    public async Task Seeded_schedules_end_in_the_same_conversation_on_both_sides(ulong seed)
    {
        var random = new WorldRandom(seed);
        await PlayAsync(seed, [.. Enumerable.Range(0, 30).Select(_ => (int)random.Next(2 * ActionCount))]);
    }

    private static async Task PlayAsync(ulong seed, IEnumerable<int> schedule)
    {
        await using var world = new World(seed, relays: 1);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var met = world.Relays[0].Boxes.Keys.ToHashSet();
        var said = new Dictionary<Person, List<string>> { [alice] = [], [bob] = [] };
        foreach (var step in schedule)
            await ActAsync(world, step % 2 == 0 ? alice : bob, step / 2, said, met);
        foreach (var person in world.People)
        {
            person.GoOnline();
            if (!person.IsRunning)
                await person.OpenAsync();
        }
        if (!world.Relays[0].IsUp)
            world.Relays[0].Start();
        // the last word on each side shows what is missing before it
        foreach (var person in world.People)
            await SayAsync(person, "the end", said);
        await world.RunAsync(TimeSpan.FromHours(12));
        await AssertSameAsync(seed, alice, bob, said[alice]);
        await AssertSameAsync(seed, bob, alice, said[bob]);
    }

    private static async Task ActAsync(World world, Person person, int action, Dictionary<Person, List<string>> said, HashSet<Transport.Boxes.BoxAddress> met)
    {
        switch (action)
        {
            case 0 or 1 or 2:
                await SayAsync(person, "", said);
                break;
            case 3:
                person.GoOffline();
                break;
            case 4:
                person.GoOnline();
                break;
            case 5:
                await person.RestartOrOpenAsync();
                break;
            case 6:
                await person.CloseAsync();
                break;
            case 7 when person.IsRunning:
                await person.CrashAndOpenAsync();
                break;
            case 8:
                // the relay loses a box
                if (world.Relays[0].Boxes.Keys.Where(b => !met.Contains(b)).ToArray() is { Length: > 0 } boxes)
                    world.Relays[0].Forget(world.Random.Pick(boxes));
                break;
            case 9:
                world.Relays[0].Kill();
                break;
            case 10:
                world.Relays[0].Start();
                break;
            default:
                await world.RunAsync(TimeSpan.FromSeconds(world.Random.Next(4_000)));
                break;
        }
        await world.SettleAsync();
    }

    private static async Task SayAsync(Person person, string text, Dictionary<Person, List<string>> said)
    {
        if (!person.IsRunning)
            return;
        said[person].Add($"{person.Name} {said[person].Count} {text}");
        _ = await person.SayAsync(said[person][^1]);
    }

    private static async Task AssertSameAsync(ulong seed, Person speaker, Person listener, List<string> said)
    {
        var heard = await listener.HeardAsync();
        Assert.True(said.Order().SequenceEqual(heard.Order()), $"seed {seed}: {speaker.Name} said {string.Join(" | ", said)}; {listener.Name} heard {string.Join(" | ", heard)}");
        Assert.Equal(ChatStage.Open, (await speaker.ChatAsync()).Stage);
        // no false alarm
        Assert.DoesNotContain(await speaker.NoticesAsync(), n => n is ChatNotice.TheirStateWentBack or ChatNotice.TwoVersions or ChatNotice.CopyInUse);
    }
}

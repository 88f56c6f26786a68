using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>One whole conversation in which one side loses power at the n-th write to its disk.</summary>
internal sealed class CrashRun(World world, int killAt, bool killsOwner)
{
    private readonly Person _alice = world.Add("Alice");
    private readonly Person _bob = world.Add("Bob");
    private readonly Dictionary<Person, List<string>> _kept = [];
    private readonly HashSet<string> _tried = [];

    /// <summary>False if the conversation was over before.</summary>
    public bool WasKilled { get; private set; }

    private Person Victim => killsOwner ? _alice : _bob;

    public async Task PlayAsync()
    {
        _kept[_alice] = [];
        _kept[_bob] = [];
        await _alice.CreateAsync(world.Relays[0]);
        await _bob.CreateAsync(world.Relays[0]);
        Victim.Disk.KillAt = Victim.Disk.Steps + killAt;
        await DoAsync(_alice, async () =>
        {
            if ((await _alice.Client.GetChatsAsync(CancellationToken.None)).Count == 0)
                _ = await _alice.CreateChatAsync();
        });
        await SayAsync(_alice, "early");
        var secret = await _alice.SecretAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await DoAsync(_bob, async () =>
        {
            if ((await _bob.Client.GetChatsAsync(CancellationToken.None)).Count == 0)
                _ = await _bob.JoinAsync(secret, "Alice");
        });
        await SayAsync(_bob, "hello");
        await RunAsync(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 2; i++)
        {
            await SayAsync(_alice, $"from Alice {i}");
            await RunAsync(TimeSpan.FromSeconds(5));
            await SayAsync(_bob, $"from Bob {i}");
            await RunAsync(TimeSpan.FromMinutes(20));
        }
        await RunAsync(TimeSpan.FromHours(1));
        await CheckAsync(_alice, _bob);
        await CheckAsync(_bob, _alice);
    }

    private async Task CheckAsync(Person speaker, Person listener)
    {
        var heard = await listener.HeardAsync();
        var shown = (await speaker.LinesAsync()).Where(l => l is { Own: true, Kind: MessageKind.Text }).Select(l => l.Text).ToArray();
        Assert.True(_kept[speaker].All(heard.Contains), $"killed at {killAt}: lost {string.Join(", ", _kept[speaker].Except(heard))} of {speaker.Name}");
        Assert.True(heard.Length == heard.Distinct().Count(), $"killed at {killAt}: shown twice: {string.Join(", ", heard)}");
        Assert.True(heard.All(_tried.Contains), $"killed at {killAt}: never said: {string.Join(", ", heard)}");
        Assert.True(heard.Order().SequenceEqual(shown.Order()), $"killed at {killAt}: {speaker.Name} shows {string.Join(", ", shown)}; {listener.Name} {string.Join(", ", heard)}");
        Assert.Equal(ChatStage.Open, (await speaker.ChatAsync()).Stage);
        // no false alarm
        Assert.DoesNotContain(await speaker.NoticesAsync(), n => n is ChatNotice.TheirStateWentBack or ChatNotice.TwoVersions or ChatNotice.CopyInUse);
    }

    private async Task SayAsync(Person person, string text)
    {
        var said = false;
        for (var round = 0; !said; round++)
        {
            var attempt = round == 0 ? text : $"{text}, again";
            _ = _tried.Add(attempt);
            said = await DoOnceAsync(person, async () => _ = await person.SayAsync(attempt));
            if (said)
                _kept[person].Add(attempt);
        }
    }

    private async Task RunAsync(TimeSpan time)
    {
        await world.RunAsync(time);
        await ReviveAsync();
    }

    private async Task DoAsync(Person person, Func<Task> action)
    {
        while (!await DoOnceAsync(person, action))
        {
            // killed in the middle: done again after the restart
        }
    }

    private async Task<bool> DoOnceAsync(Person person, Func<Task> action)
    {
        await ReviveAsync();
        try
        {
            await action();
            // what returned was kept, whatever happens next
            return true;
        }
        catch (StoreException) when (person.Disk.IsDead)
        {
            return false;
        }
    }

    private async Task ReviveAsync()
    {
        if (!Victim.Disk.IsDead)
            return;
        WasKilled = true;
        await Victim.CrashAndOpenAsync();
    }
}

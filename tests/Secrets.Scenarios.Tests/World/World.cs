using System.Globalization;
using Secrets.Client.Views;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A world of relays and people with a clock of its own. The seed decides everything that happens in it.</summary>
/// <remarks>
/// It keeps every box that was ever handed to a relay and holds, at the end of each test, that no address was written with two contents
/// (decisions 4, 14, 16; E-20, E-25, E-34).
/// </remarks>
internal sealed class World : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RelayId Relay, BoxAddress Address), byte[]> _written = [];
    private long _activity;

    public World(ulong seed, int relays = 1)
    {
        Seed = seed;
        Random = new WorldRandom(seed);
        for (var i = 1; i <= relays; i++)
            Relays.Add(new MemoryRelay(this, i));
    }

    /// <summary>What needs no time in the world must end within this in ours.</summary>
    public static TimeSpan RealLimit => TimeSpan.FromMinutes(1);

    public ulong Seed { get; }

    public WorldRandom Random { get; }

    public FakeTime Time { get; } = new(DateTimeOffset.Parse("2026-03-01T08:00:00Z", CultureInfo.InvariantCulture));

    public List<MemoryRelay> Relays { get; } = [];

    public List<Person> People { get; } = [];

    /// <summary>Addresses that were written with two contents, by whomever.</summary>
    public HashSet<BoxAddress> WrittenTwice { get; } = [];

    /// <summary>True where several write at one address on purpose: copies of one identity, or all who hold a secret.</summary>
    public bool HasRivals { get; set; }

    /// <summary>How many different boxes were written.</summary>
    public int BoxCount => _written.Count;

    public Person Add(string name)
    {
        var person = new Person(this, name, Seed * 1_000 + (ulong)People.Count + 1);
        People.Add(person);
        return person;
    }

    /// <summary>Two people who are in a chat with each other, the owner first; everything that follows a meeting is done.</summary>
    public async Task<(Person Owner, Person Guest)> MeetAsync()
    {
        var alice = Add("Alice");
        var bob = Add("Bob");
        await alice.CreateAsync([.. Relays]);
        await bob.CreateAsync([.. Relays]);
        _ = await alice.CreateChatAsync();
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
        return (alice, bob);
    }

    public void NoteActivity() => Interlocked.Increment(ref _activity);

    /// <summary>Notes a request as it reaches a relay.</summary>
    public void Note(MemoryRelay relay, Person person, byte[] cell)
    {
        NoteActivity();
        lock (_gate)
        {
            relay.Heard.Add(cell);
            if (BoxRequest.TryRead(cell, out var request) != CellError.None || request.Operation != BoxOperation.Write)
                return;
            var body = request.Body.ToArray();
            if (!_written.TryAdd((relay.Id, request.Address), body) && !_written[(relay.Id, request.Address)].AsSpan().SequenceEqual(body))
                _ = WrittenTwice.Add(request.Address);
        }
    }

    /// <summary>Lets everybody finish what can be done without time passing.</summary>
    public async Task SettleAsync()
    {
        var rounds = 0;
        for (var calm = 0; calm < 3;)
        {
            if (++rounds > 20_000)
                Assert.Fail($"seed {Seed}: there is no end to what is done at {Time.Steady:O}: {Interlocked.Read(ref _activity)} requests, {Time.Activity} timers, {string.Join(", ", People.Select(p => $"{p.Name} {p.Disk.Steps}"))}");
            var before = Activity;
            foreach (var person in People.Where(p => p.IsRunning).ToArray())
                await BarrierAsync(person);
            await Task.Yield();
            calm = Activity == before ? calm + 1 : 0;
        }
    }

    /// <summary>Lets time pass.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var until = Time.Steady + time;
        await SettleAsync();
        while (Time.NextDue is { } due && due <= until)
        {
            _ = Time.FireNext();
            await SettleAsync();
        }
        Time.MoveTo(until);
        await SettleAsync();
    }

    /// <summary>Lets time pass until something holds, at most for a while; says with which seed it did not.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, TimeSpan limit, string what)
    {
        var until = Time.Steady + limit;
        await SettleAsync();
        while (!await holds())
        {
            if (Time.NextDue is not { } due || due > until)
                Assert.Fail($"seed {Seed}: after {limit} still not: {what}");
            _ = Time.FireNext();
            await SettleAsync();
        }
    }

    /// <summary>Lets time pass until a task ends.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        await DriveAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="DriveAsync{T}"/>
    public async Task DriveAsync(Task task)
    {
        var until = Time.Steady + TimeSpan.FromHours(2);
        while (true)
        {
            await SettleAsync();
            if (task.IsCompleted || await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1))) == task)
                break;
            if (Time.NextDue is not { } due || due > until)
                Assert.Fail($"seed {Seed}: a command never ends");
            _ = Time.FireNext();
        }
        await task;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in People)
        {
            person.GoOffline();
            if (person.IsRunning)
                await person.CrashAsync();
        }
        if (!HasRivals)
            Assert.True(WrittenTwice.Count == 0, $"seed {Seed}: {WrittenTwice.Count} addresses were written with two contents");
    }

    private long Activity => Interlocked.Read(ref _activity) + Time.Activity + People.Sum(p => p.Disk.Steps);

    private static async Task BarrierAsync(Person person)
    {
        try
        {
            _ = await person.Client.GetIdentityAsync(CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // stopped meanwhile
        }
    }
}

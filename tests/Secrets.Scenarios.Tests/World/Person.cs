using Secrets.Client;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>Somebody with a computer: a disk, a network that may be off, and the client while it runs.</summary>
internal sealed class Person(World world, string name, ulong seed)
{
    private readonly WorldRandom _random = new(seed);
    private SecretsClient? _client;

    public static ReadOnlyMemory<byte> Password { get; } = "correct horse"u8.ToArray();

    public World World { get; } = world;

    public string Name { get; } = name;

    public SimulatedDisk Disk { get; set; } = new();

    public SecretsClient Client => _client ?? throw new InvalidOperationException("The client is not running.");

    /// <summary>The secret as it was handed over on paper.</summary>
    public string? HandedOver { get; set; }

    public bool IsRunning => _client is not null;

    /// <summary>False while the network is off.</summary>
    public bool IsOnline { get; private set; } = true;

    public ClientOptions Options => new()
    {
        Network = new WorldNetwork(this),
        Time = World.Time,
        Random = _random,
        Store = new StoreOptions { PasswordCost = Argon2idParameters.ForTestsOnly(8, 1), AcceptAnyCostForTestsOnly = true },
    };

    public async Task CreateAsync(params MemoryRelay[] relays)
    {
        _client = await SecretsClient.CreateAsync(new DiskSession(Disk), Name, Password, Options, CancellationToken.None);
        foreach (var relay in relays)
            await Client.AddRelayAsync(relay.Address, CancellationToken.None);
        await World.SettleAsync();
    }

    public async Task OpenAsync()
    {
        _client = await SecretsClient.OpenAsync(new DiskSession(Disk), Password, Options, connect: true, CancellationToken.None);
        await World.SettleAsync();
    }

    /// <summary>Stops the program in good order.</summary>
    public async Task CloseAsync()
    {
        if (_client is not { } client)
            return;
        _client = null;
        await client.DisposeAsync().AsTask().WaitAsync(World.RealLimit);
    }

    public Task RestartOrOpenAsync() => IsRunning ? RestartAsync() : OpenAsync();

    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Kills the program: from now on nothing it does reaches disk or network. It is opened again from what was durable.</summary>
    public async Task CrashAsync()
    {
        var wasOnline = IsOnline;
        Disk.Kill();
        GoOffline();
        if (_client is { } client)
        {
            _client = null;
            try
            {
                await client.DisposeAsync().AsTask().WaitAsync(World.RealLimit);
            }
            catch (Exception refusal) when (refusal is StoreException or IOException)
            {
                // the dead disk
            }
        }
        Disk.Restart(_random);
        if (wasOnline)
            GoOnline();
    }

    public async Task CrashAndOpenAsync()
    {
        await CrashAsync();
        await OpenAsync();
    }

    public void GoOffline()
    {
        IsOnline = false;
        foreach (var relay in World.Relays)
        {
            foreach (var link in relay.Links.Where(l => l.Person == this).ToArray())
                link.Close();
        }
    }

    public void GoOnline() => IsOnline = true;

    /// <summary>A new device of the identity in a file, on a disk of its own.</summary>
    public async Task ImportAsync(byte[] file)
    {
        Disk = new SimulatedDisk();
        using var source = new MemoryStream(file);
        _client = await SecretsClient.ImportAsync(source, Password, new DiskSession(Disk), Password, Options, CancellationToken.None).AsTask().WaitAsync(World.RealLimit);
        await World.SettleAsync();
    }

    public async Task<byte[]> ExportAsync(bool move)
    {
        using var file = new MemoryStream();
        await Client.ExportAsync(file, Password, CancellationToken.None);
        if (move)
            await Client.RetireAsync(CancellationToken.None);
        return file.ToArray();
    }

    public async Task<ChatView> ChatAsync() => (await Client.GetChatsAsync(CancellationToken.None)).Single();

    public async Task<ChatView> CreateChatAsync(string chat = "Lunch")
    {
        var view = await Client.CreateChatAsync(chat, TimeSpan.FromDays(14), CancellationToken.None);
        await World.SettleAsync();
        return view;
    }

    public async Task<string> SecretAsync() =>
        (await Client.GetSecretAsync((await ChatAsync()).Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text;

    public Task<ChatView> JoinAsync(string secret, string called, bool direct = false) =>
        World.DriveAsync(Client.JoinChatAsync(secret, called, direct, allowOtherRelays: false, CancellationToken.None).AsTask());

    public async Task<MessageView> SayAsync(string text)
    {
        var said = await Client.SendAsync((await ChatAsync()).Id, text, CancellationToken.None);
        await World.SettleAsync();
        return said;
    }

    public async Task<IReadOnlyList<MessageView>> LinesAsync() => await Client.GetMessagesAsync((await ChatAsync()).Id, null, CancellationToken.None);

    /// <summary>The texts in the chat in order, own ones with a mark before them.</summary>
    public async Task<string[]> TextsAsync() => [.. (await LinesAsync()).Where(l => l.Kind == MessageKind.Text).Select(l => (l.Own ? "> " : "< ") + l.Text)];

    /// <summary>The texts that came from the other side, in order.</summary>
    public async Task<string[]> HeardAsync() => [.. (await LinesAsync()).Where(l => l is { Kind: MessageKind.Text, Own: false }).Select(l => l.Text)];

    public async Task<ChatNotice[]> NoticesAsync() => [.. (await LinesAsync()).Where(l => l.Kind == MessageKind.Notice).Select(l => l.Notice)];
}

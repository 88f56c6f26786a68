using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Secrets.Client.Network;
using Secrets.Client.Rooms;
using Secrets.Crypto;
using Secrets.Relay;

namespace Secrets.Scenarios.Tests;

/// <summary>A real relay with rooms, and people who use them.</summary>
internal sealed class RoomPlace : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private readonly List<RoomClient> _people = [];
    private readonly ConcurrentQueue<string> _log = new();
    private RelayOptions _options;
    private RelayHost? _relay;

    private RoomPlace(DirectoryInfo folder, RelayOptions options)
    {
        Folder = folder;
        _options = options;
    }

    public DirectoryInfo Folder { get; }

    public RelayHost Relay => _relay!;

    public string Address { get; private set; } = "";

    /// <summary>Everything that the relay has logged.</summary>
    public string Log => string.Join('\n', _log);

    public static async Task<RoomPlace> StartAsync(Func<RelayOptions, RelayOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("secrets-rooms-");
        var options = new RelayOptions { DataFolder = folder.FullName, Listen = null, ListenTcp = new IPEndPoint(IPAddress.Loopback, 0), ReserveBytes = 0 };
        var place = new RoomPlace(folder, change?.Invoke(options) ?? options);
        await place.StartRelayAsync();
        return place;
    }

    /// <summary>Somebody with a network of their own.</summary>
    public RoomClient Somebody(TimeProvider? time = null, IRoomNetwork? network = null)
    {
        var somebody = new RoomClient(new RoomClientOptions
        {
            Network = network ?? Network(),
            Time = time ?? TimeProvider.System,
            FindRelay = _ => ValueTask.FromResult<string?>(Address),
        });
        _people.Add(somebody);
        return somebody;
    }

    /// <summary>A way to the relay.</summary>
    public static IRoomNetwork Network() => new StackRelayNetwork(TimeProvider.System, RandomSource.System);

    public async Task StopRelayAsync()
    {
        await Relay.DisposeAsync();
        _relay = null;
    }

    public async Task StartRelayAsync()
    {
        _relay = await RelayHost.StartAsync(_options, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(_log)), CancellationToken.None);
        _options = _options with { ListenTcp = Relay.LocalTcpEndpoint };
        Address = Relay.Address.ToString();
    }

    /// <summary>Waits until something holds, looking again after each event.</summary>
    public static async Task UntilAsync(RoomClient person, Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        var events = person.ListenAsync(limit.Token);
        if (holds())
            return;
        await foreach (var _ in events)
        {
            if (holds())
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
            await person.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

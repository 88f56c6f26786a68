using System.Collections.Concurrent;
using Secrets.Client.Events;

namespace Secrets.Scenarios.Tests;

/// <summary>Listens to a client from now on.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ClientEventKind> _kinds = new();

    public EventLog(Person person)
    {
        var events = person.Client.ListenAsync(_stop.Token);
        _ = ListenAsync(events, person.World);
    }

    public IReadOnlyCollection<ClientEventKind> Kinds => _kinds;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ListenAsync(IAsyncEnumerable<ClientEvent> events, World world)
    {
        try
        {
            await foreach (var happened in events)
            {
                _kinds.Enqueue(happened.Kind);
                world.NoteActivity();
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }
}

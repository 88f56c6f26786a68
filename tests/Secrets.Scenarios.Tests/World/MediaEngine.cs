using System.Collections.Concurrent;
using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Calls;

namespace Secrets.Scenarios.Tests;

/// <summary>What a browser does for calls: makes descriptions with its certificate when it is told to. Sound there is none.</summary>
internal sealed class MediaEngine : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<CallView> _calls = new();
    private readonly Person _person;
    private readonly byte _certificate;

    public MediaEngine(Person person, byte certificate)
    {
        _person = person;
        _certificate = certificate;
        _ = ListenAsync(person.Client.ListenAsync(_stop.Token));
    }

    public string Fingerprint => Written(_certificate);

    /// <summary>The certificate of the description that was taken from the other side.</summary>
    public string? Taken { get; private set; }

    /// <summary>What it puts in place of its own certificate's fingerprint: somebody between who has another one.</summary>
    public byte? Shown { get; init; }

    /// <summary>Every state in which the call was told of.</summary>
    public IReadOnlyList<CallView> Calls => [.. _calls];

    public CallView Last => _calls.Last();

    public static string Written(byte value) => string.Join(':', Enumerable.Repeat(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture), 32));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private string Describe() => $"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=fingerprint:sha-256 {Written(Shown ?? _certificate)}\r\n{string.Concat(Enumerable.Repeat("a=rtpmap:111 opus/48000/2\r\n", 100))}";

    private async Task ListenAsync(IAsyncEnumerable<ClientEvent> events)
    {
        try
        {
            await foreach (var happened in events)
            {
                _person.World.NoteActivity();
                if (happened is { Kind: ClientEventKind.CallChanged, Call: { } call })
                    _calls.Enqueue(call);
                if (happened is { Kind: ClientEventKind.CallStep, CallStep: { } step })
                    await TakeAsync(step);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private async Task TakeAsync(CallStepView step)
    {
        if (step.Description is { } description)
            Taken = description.Split("\r\n").First(static line => line.StartsWith("a=fingerprint:", StringComparison.Ordinal))["a=fingerprint:sha-256 ".Length..];
        if (step.Step is not (CallEffectKind.MakeOffer or CallEffectKind.TakeOffer))
            return;
        try
        {
            await _person.Client.DescribeCallAsync(step.Revision, Describe(), CancellationToken.None);
        }
        catch (ClientException refusal) when (refusal.Code is ClientError.WrongCertificate or ClientError.NotInCall)
        {
            return;
        }
    }
}

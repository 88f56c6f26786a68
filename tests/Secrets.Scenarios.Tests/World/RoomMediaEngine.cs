using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Secrets.Client;
using Secrets.Client.Rooms;
using Secrets.Client.Views;
using Secrets.Protocol.Calls;

namespace Secrets.Scenarios.Tests;

/// <summary>What a browser does for a call in a room: a connection with a certificate of its own for everybody. Sound there is none.</summary>
internal sealed class RoomMediaEngine : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, string> _certificates = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly RoomClient _person;
    private readonly string _room;

    public RoomMediaEngine(RoomClient person, string room)
    {
        _person = person;
        _room = room;
        _ = ListenAsync(person.ListenAsync(_stop.Token));
    }

    /// <summary>Shows another certificate than was agreed upon at the end of every connection.</summary>
    public bool IsBetween { get; init; }

    /// <summary>Why connections ended.</summary>
    public ConcurrentQueue<CallEndReason> Ends { get; } = [];

    public IReadOnlyCollection<string> Faults => _faults;

    public RoomCallView? Call => _person.Show(_room).Call;

    public int Connected => Call?.Parties.Count(static party => party.Connected) ?? 0;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static string Describe(string certificate) => $"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=fingerprint:sha-256 {certificate}\r\n{string.Concat(Enumerable.Repeat("a=rtpmap:111 opus/48000/2\r\n", 100))}";

    private static string NewCertificate() => string.Join(':', RandomNumberGenerator.GetBytes(32).Select(static b => b.ToString("X2", CultureInfo.InvariantCulture)));

    private async Task ListenAsync(IAsyncEnumerable<RoomEvent> events)
    {
        try
        {
            await foreach (var happened in events)
            {
                if (happened is { Kind: RoomEventKind.CallStep, CallStep: { } step, Session: { } session } && happened.Id == _room)
                    Take(step, session);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private void Take(CallStepView step, string session)
    {
        try
        {
            switch (step.Step)
            {
                case CallEffectKind.Prepare:
                    var certificate = NewCertificate();
                    if (_person.AddCallLeg(_room, session, straight: false, certificate))
                        _certificates[session] = certificate;
                    break;
                case CallEffectKind.MakeOffer:
                    _person.DescribeCall(_room, session, step.Revision, Describe(_certificates[session]));
                    break;
                case CallEffectKind.TakeOffer:
                    _person.DescribeCall(_room, session, step.Revision, Describe(_certificates[session]));
                    Connect(step, session);
                    break;
                case CallEffectKind.TakeAnswer:
                    Connect(step, session);
                    break;
                case CallEffectKind.Close:
                    Ends.Enqueue(step.Reason!.Value);
                    break;
                default:
                    break;
            }
        }
        catch (ClientException refusal)
        {
            if (refusal.Code is not (ClientError.NotInCall or ClientError.WrongCertificate))
                _faults.Enqueue(refusal.Message);
        }
    }

    private void Connect(CallStepView step, string session)
    {
        const string Line = "a=fingerprint:sha-256 ";
        var theirs = step.Description!.Split("\r\n").First(static line => line.StartsWith(Line, StringComparison.Ordinal))[Line.Length..];
        _person.ConnectCall(_room, session, IsBetween ? NewCertificate() : theirs);
    }
}

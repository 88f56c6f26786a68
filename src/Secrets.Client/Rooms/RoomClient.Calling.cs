using Secrets.Client.Views;
using Secrets.Protocol.Calls;

namespace Secrets.Client.Rooms;

/// <content>Calls in rooms. The host makes a connection for every other party, as <see cref="RoomEventKind.CallStep"/> wishes.</content>
public sealed partial class RoomClient
{
    /// <summary>The TURN server of the room's relay, with credentials for some hours; none if it has none.</summary>
    /// <exception cref="ClientException">The relay is not reached.</exception>
    public ValueTask<IReadOnlyList<TurnView>> GetTurnAsync(string room, CancellationToken cancellationToken) => Find(room).GetTurnAsync(cancellationToken);

    /// <summary>Begins a call in a room, or goes into the one that there is. A person is in one call at a time.</summary>
    /// <exception cref="ClientException">In a call already, or as many as may be are in this one.</exception>
    public void JoinCall(string room, CallMedia media)
    {
        var found = Find(room);
        lock (_gate)
        {
            if (_rooms.Values.Any(static other => other.View().Call is { Joined: true }))
                throw new ClientException(ClientError.InAnotherCall);
        }
        found.JoinCall(media);
    }

    /// <summary>Leaves the call of a room.</summary>
    /// <exception cref="ClientException">Not in one.</exception>
    public void LeaveCall(string room) => Find(room).LeaveCall();

    /// <summary>The connection to somebody that a Prepare step wished for.</summary>
    /// <param name="room">The room.</param>
    /// <param name="session">The other.</param>
    /// <param name="straight">True if the other may see this device's network address.</param>
    /// <param name="fingerprint">SHA-256 of the certificate that the media engine made for this connection alone, in hexadecimal with colons; or a session description of it.</param>
    /// <returns>False if it is wanted no more: one that was made before stays.</returns>
    public bool AddCallLeg(string room, string session, bool straight, string fingerprint) => Find(room).AddCallLeg(session, straight, fingerprint);

    /// <summary>What the media engine made when it was to make or take an offer of a revision.</summary>
    public void DescribeCall(string room, string session, int revision, string description) => Find(room).DescribeCall(session, revision, description);

    /// <summary>Further ways to this side.</summary>
    public void AddCallCandidates(string room, string session, IReadOnlyList<string> candidates) => Find(room).AddCallCandidates(session, candidates);

    /// <summary>A connection stands, with a certificate of this fingerprint at the other end; a wrong one ends it. Null if the media engine doesn't tell.</summary>
    public void ConnectCall(string room, string session, string? fingerprint) => Find(room).ConnectCall(session, fingerprint);

    /// <summary>A connection was lost, or the network is another one: it is made anew.</summary>
    public void DisconnectCall(string room, string session) => Find(room).DisconnectCall(session);

    /// <summary>Ends a connection that the media engine can't make.</summary>
    public void FailCall(string room, string session) => Find(room).EndCallLeg(session, CallEndReason.NotPossible);

    /// <summary>Ends a connection at whose other end the agreed certificate can't be shown.</summary>
    public void DistrustCall(string room, string session) => Find(room).EndCallLeg(session, CallEndReason.WrongCertificate);

    /// <summary>Tells the others in the call what is switched on and off here.</summary>
    public void SwitchCall(string room, CallSwitches switches) => Find(room).SwitchCall(switches);
}

using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Fuzz;

/// <summary>What a session in a room is given: items of a relay, bodies of somebody else, and what lies behind their seals.</summary>
internal static class RoomTargets
{
    private const ulong Now = 1_800_000_000_000;

    /// <summary>The list; a line each.</summary>
    public static readonly Target[] All =
    [
        new("Protocol.RoomMachine", "rooms", Hear),
        new("Protocol.RoomMachine.TryRestore", "rooms", Restore),
    ];

    private static readonly Ed25519PrivateKey Other = Ed25519PrivateKey.FromSeed(Enumerable.Repeat((byte)3, 32).ToArray());

    /// <summary>The first byte says how deep the rest lies: an item, a body, or what a right seal and signature hold.</summary>
    private static bool Hear(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        using var keys = Keys();
        using var machine = RoomMachine.Open(Keys(), "Alice", 50, new SeededRandomForTestsOnly(1));
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: false, new SeededRandomForTestsOnly(2));
        _ = RoomEntry.TryRead(machine.Enter(EntryKind.Open, challenge, 0, default).Span, out var entry);
        _ = machine.Entered(new RoomAnswer { Instance = 1, Statements = entry!.Statements });
        var rest = input[1..];
        var from = SessionId.FromKey(Other.PublicKey);
        return (input[0] % 4) switch
        {
            0 => Judge(machine.Hear(rest, Now)),
            1 when rest.Length is > 0 and <= RoomsNetwork.MaxBodySize => Judge(machine.Hear(RoomItem.Frame(1, false, from, machine.Me, rest).Span, Now)),
            2 when rest.Length is > 0 and <= 512 => Judge(machine.Hear(RoomItem.Frame(1, false, from, default, RoomSealing.SealJoin(keys, Other, rest, new SeededRandomForTestsOnly(3)).Span).Span, Now)),
            3 => JudgePrivate(machine, keys, rest),
            _ => false,
        };
    }

    private static bool JudgePrivate(RoomMachine machine, RoomKeys keys, ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Length > 2_048 || !machine.TryTakeRequest(out var request))
            return false;
        _ = RoomRequest.TryRead(request.Span, out var joined);
        Span<byte> own = stackalloc byte[512];
        if (RoomSealing.OpenJoin(keys, machine.Me, default, joined.Body, own) != RoomFrameError.None || !X25519PublicKey.TryRead(own[..X25519PublicKey.Size], out var theirs))
            throw new InvalidOperationException("An own join message that can't be read.");
        using var agreement = X25519PrivateKey.FromBytes(Enumerable.Repeat((byte)4, 32).ToArray());
        var body = RoomSealing.SealPrivate(keys, Other, agreement, machine.Me, theirs, plaintext, new SeededRandomForTestsOnly(5));
        return Judge(machine.Hear(RoomItem.Frame(1, false, SessionId.FromKey(Other.PublicKey), machine.Me, body.Span).Span, Now));
    }

    /// <summary>A state that was taken is given out as it was.</summary>
    private static bool Restore(ReadOnlySpan<byte> input)
    {
        if (!Judge(RoomMachine.TryRestore(input, new SeededRandomForTestsOnly(1), out var machine)))
            return false;
        using (machine)
        using (var state = machine!.ExportState())
        {
            if (!state.Bytes.SequenceEqual(input))
                throw new InvalidOperationException("A state that is given out otherwise.");
        }
        return true;
    }

    private static RoomKeys Keys() => RoomKeys.FromMaster(Enumerable.Repeat((byte)7, RoomKeys.Size).ToArray());

    private static bool Judge(RoomFrameError error) => Enum.IsDefined(error) ? error == RoomFrameError.None : throw new InvalidOperationException($"{error} is no {nameof(RoomFrameError)}.");
}

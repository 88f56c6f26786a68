using Secrets.Stack;

namespace Secrets.Fuzz;

/// <summary>Decoders that need a key, a state or a peer before they can be fed.</summary>
/// <remarks>Those that need two peers (handshake, ratchet, cells on a connection) are mutated in the tests of their layer.</remarks>
internal static class StatefulTargets
{
    /// <summary>Little, so that the limit on items is met too.</summary>
    private const int LargestItem = 64 << 10;

    /// <summary>The list; a line each.</summary>
    public static readonly Target[] All =
    [
        new("Stack.PacketReader", "stack", ReadPackets),
        new("Stack.RpcRequest", "stack", ReadRequest),
        new("Stack.StackPermissions", "stack", ReadPermissions),
    ];

    /// <summary>What is read as a request is written and read as the same one.</summary>
    private static bool ReadRequest(ReadOnlySpan<byte> input)
    {
        if (!PacketBody.TryReadJson(input, out var node) || !RpcRequest.TryRead(node, out var request, out _))
            return false;
        if (!RpcRequest.TryRead(RpcRequest.Write(request!.Path, request.Arguments, request.Type), out var again, out _) || again!.Path != request.Path)
            throw new InvalidOperationException("A request that can't be read again.");
        return true;
    }

    /// <summary>An answer of <c>auth</c> never allows what it doesn't name.</summary>
    private static bool ReadPermissions(ReadOnlySpan<byte> input)
    {
        if (!PacketBody.TryReadJson(input, out var node) || StackPermissions.FromJson(node) is not { } permissions)
            return false;
        if (permissions.Allows("never.named") && !permissions.Allows("never.named.either"))
            throw new InvalidOperationException("Everything is allowed but not all of it.");
        return true;
    }

    /// <summary>The first byte says into pieces of which size the rest is cut.</summary>
    private static bool ReadPackets(ReadOnlySpan<byte> input)
    {
        using var reader = new PacketReader(LargestItem);
        var size = input.IsEmpty ? 1 : 1 + input[0];
        var packets = 0;
        for (var rest = input.IsEmpty ? input : input[1..]; !rest.IsEmpty && !reader.IsEnded; rest = rest[Math.Min(size, rest.Length)..])
        {
            var piece = rest[..Math.Min(size, rest.Length)];
            while (!piece.IsEmpty)
            {
                var before = piece.Length;
                var error = reader.Read(ref piece, out var packet);
                if (!Enum.IsDefined(error))
                    throw new InvalidOperationException($"{error} is no {nameof(StackError)}.");
                if (error != StackError.None)
                    return false;
                using var item = packet.Item;
                if (item.Length > LargestItem)
                    throw new InvalidOperationException("An item above the limit.");
                if (piece.Length == before)
                    throw new InvalidOperationException("Nothing was read and nothing refused.");
                packets += packet.IsWhole ? 1 : 0;
            }
        }
        return packets > 0;
    }
}

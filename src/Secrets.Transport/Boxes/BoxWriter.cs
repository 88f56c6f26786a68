using System.Buffers.Binary;

namespace Secrets.Transport.Boxes;

/// <summary>The writing side of one channel.</summary>
/// <remarks>
/// Each write seals at the next index for every relay and moves on at once, erasing the index's keys: one writer never seals two bodies at
/// one index. The caller stores <see cref="ExportForVault"/> and the written boxes in one transaction and only then sends. If that
/// transaction fails it throws this writer away and reads the stored one again: what was sealed was never sent.
/// State: version 1 ‖ class 1 ‖ first index 8 ‖ write capability 136. Spec: docs/protocol/boxes.md §4.6.
/// </remarks>
public sealed class BoxWriter : IDisposable
{
    /// <summary>Size of the exported state in bytes.</summary>
    public const int StateSize = 1 + 1 + sizeof(ulong) + WriteCapability.Size; // version, class, first index, capability

    /// <summary>Most relays of one channel.</summary>
    public const int MaxRelays = 8;

    private const byte Version = 1;
    private const int ClassOffset = 1;
    private const int FirstIndexOffset = 2;
    private const int CapabilityOffset = FirstIndexOffset + sizeof(ulong);

    private readonly WriteCapability _capability;

    private BoxWriter(WriteCapability capability, BoxClass boxClass, ulong firstIndex)
    {
        _capability = capability;
        Class = boxClass;
        FirstIndex = firstIndex;
    }

    /// <summary>The channel's class, for ever.</summary>
    public BoxClass Class { get; }

    /// <summary>The channel's first index.</summary>
    public ulong FirstIndex { get; }

    /// <summary>The index of the next write.</summary>
    public ulong NextIndex => _capability.Index;

    /// <summary>How many boxes were written: rotation counts them.</summary>
    public ulong Count => NextIndex - FirstIndex;

    /// <summary>Starts a channel; the capability belongs to the writer from now on.</summary>
    public static BoxWriter Create(WriteCapability capability, BoxClass boxClass)
    {
        ArgumentNullException.ThrowIfNull(capability);
        if (!boxClass.IsKnown)
            throw new ArgumentOutOfRangeException(nameof(boxClass));
        return new BoxWriter(capability, boxClass, capability.Index);
    }

    /// <summary>Reads a stored state.</summary>
    public static BoxError TryRead(ReadOnlySpan<byte> state, out BoxWriter? writer)
    {
        writer = null;
        if (state.Length != StateSize)
            return BoxError.WrongSize;
        var boxClass = (BoxClass)state[ClassOffset];
        if (state[0] != Version || !boxClass.IsKnown)
            return BoxError.StateInvalid;
        var firstIndex = BinaryPrimitives.ReadUInt64BigEndian(state[FirstIndexOffset..]);
        if (!WriteCapability.TryRead(state[CapabilityOffset..], out var capability))
            return BoxError.StateInvalid;
        if (capability.Index < firstIndex)
        {
            capability.Dispose();
            return BoxError.StateInvalid;
        }
        writer = new BoxWriter(capability, boxClass, firstIndex);
        return BoxError.None;
    }

    /// <summary>Copies the state out, for sealing it into a store.</summary>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != StateSize)
            throw new ArgumentException("A writer's state has 146 bytes.", nameof(destination));
        destination[0] = Version;
        destination[ClassOffset] = (byte)Class;
        BinaryPrimitives.WriteUInt64BigEndian(destination[FirstIndexOffset..], FirstIndex);
        _capability.ExportForVault(destination[CapabilityOffset..]);
    }

    /// <summary>The right to read this channel from the next write on.</summary>
    public ReadCapability GrantRead() => _capability.GrantRead();

    /// <summary>Seals one body at the next index for each relay, and moves on. False, and nothing moves, when the indices are used up.</summary>
    /// <exception cref="ArgumentException">No relay, more than eight, one twice, or a body that does not fit.</exception>
    public bool TryWrite(BoxKind kind, ReadOnlySpan<byte> body, ReadOnlySpan<RelayId> relays, out WrittenBox? written)
    {
        if (relays.Length is 0 or > MaxRelays)
            throw new ArgumentException("A channel has one to eight relays.", nameof(relays));
        written = null;
        // the last index is never written: there is no state to store behind it
        if (NextIndex == ulong.MaxValue)
            return false;
        var copies = new List<RelayBox>(relays.Length);
        for (var i = 0; i < relays.Length; i++)
        {
            if (relays[..i].Contains(relays[i]))
                throw new ArgumentException("A relay is named twice.", nameof(relays));
            using var keys = _capability.DeriveKeys(relays[i], Class);
            copies.Add(new RelayBox(relays[i], keys.Seal(kind, body), keys.SignTombstone()));
        }
        written = new WrittenBox(NextIndex, copies);
        return _capability.TryAdvance();
    }

    /// <summary>Wipes the capability.</summary>
    public void Dispose() => _capability.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxWriter);
}

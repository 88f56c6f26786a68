using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Boxes;

/// <content>The stored form. Layout: docs/protocol/boxes.md §3.5.</content>
public sealed partial class BoxReader
{
    private const byte Version = 1;
    private const byte HasIndex = 1;
    private const int HoleSize = sizeof(ulong) + sizeof(ulong) + 2 * BoxIndexState.PartSize; // index, since, K, E
    private const int WitnessSize = sizeof(ulong) + BoxAddress.Size + Hash256.Size;
    private const int FixedSize = 1 + 1 + 1 + Ed25519PublicKey.Size + BoxIndexState.Size + 1 + 2 + 2; // version, class, has index, root, index, three counts

    /// <summary>Bytes of the exported state now.</summary>
    public int StateSize => FixedSize + _relays.Count * RelayId.Size + _holes.Count * HoleSize + _witnesses.Count * WitnessSize;

    /// <summary>Reads a stored state.</summary>
    public static BoxError TryRead(ReadOnlySpan<byte> state, out BoxReader? reader)
    {
        reader = null;
        var source = new WireReader(state);
        if (!source.TryReadByte(out var version) || !source.TryReadByte(out var boxClass) || !source.TryReadByte(out var hasIndex)
            || !source.TryReadFixed(Ed25519PublicKey.Size, out var rootBytes) || !source.TryReadFixed(BoxIndexState.Size, out var indexBytes))
            return BoxError.WrongSize;
        if (version != Version || !((BoxClass)boxClass).IsKnown || hasIndex > HasIndex || !Ed25519PublicKey.TryRead(rootBytes, out var root))
            return BoxError.StateInvalid;
        BoxIndexState? index = null;
        if (hasIndex == HasIndex && !BoxIndexState.TryRead(indexBytes, out index))
            return BoxError.StateInvalid;
        if (hasIndex != HasIndex && indexBytes.IndexOfAnyExcept((byte)0) >= 0)
            return BoxError.StateInvalid;

        var candidate = new BoxReader(root, index, (BoxClass)boxClass);
        var error = candidate.ReadRelays(ref source);
        if (error == BoxError.None)
            error = candidate.ReadHoles(ref source);
        if (error == BoxError.None)
            error = candidate.ReadWitnesses(ref source);
        if (error == BoxError.None && !source.IsAtEnd)
            error = BoxError.WrongSize;
        if (error == BoxError.None)
            reader = candidate;
        else
            candidate.Dispose();
        return error;
    }

    /// <summary>Copies the state out, for sealing it into a store; the destination has <see cref="StateSize"/> bytes.</summary>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != StateSize)
            throw new ArgumentException("The destination has another length.", nameof(destination));
        var writer = new WireWriter(destination);
        writer.WriteByte(Version);
        writer.WriteByte((byte)Class);
        writer.WriteByte(IsExhausted ? (byte)0 : HasIndex);
        writer.WriteFixed(_root.Bytes);
        if (IsExhausted)
            writer.WriteZeros(BoxIndexState.Size);
        else
            writer.WriteFixed(_window[0].Bytes);
        writer.WriteByte((byte)_relays.Count);
        foreach (var relay in _relays)
            writer.WriteFixed(relay.Bytes);
        writer.WriteUInt16((ushort)_holes.Count);
        foreach (var hole in _holes)
        {
            writer.WriteUInt64(hole.Index);
            writer.WriteUInt64((ulong)hole.Since.ToUnixTimeSeconds());
            writer.WriteFixed(hole.BlindingMaterial);
            writer.WriteFixed(hole.EncryptionMaterial);
        }
        writer.WriteUInt16((ushort)_witnesses.Count);
        foreach (var witness in _witnesses)
        {
            writer.WriteUInt64(witness.Index);
            writer.WriteFixed(witness.Address.Bytes);
            writer.WriteFixed(witness.PayloadHash.Bytes);
        }
    }

    private BoxError ReadRelays(ref WireReader source)
    {
        if (!source.TryReadByte(out var count))
            return BoxError.WrongSize;
        if (count > MaxRelays)
            return BoxError.StateInvalid;
        for (var i = 0; i < count; i++)
        {
            if (!source.TryReadFixed(RelayId.Size, out var bytes))
                return BoxError.WrongSize;
            if (!RelayId.TryRead(bytes, out var relay) || _relays.Contains(relay))
                return BoxError.StateInvalid;
            _relays.Add(relay);
        }
        return BoxError.None;
    }

    private BoxError ReadHoles(ref WireReader source)
    {
        // above any date that has a text form, so that no input makes a date throw
        const ulong LastSecond = 253_402_300_799;
        if (!source.TryReadUInt16(out var count))
            return BoxError.WrongSize;
        if (count > MaxHoles)
            return BoxError.StateInvalid;
        for (var i = 0; i < count; i++)
        {
            if (!source.TryReadUInt64(out var index) || !source.TryReadUInt64(out var since)
                || !source.TryReadFixed(BoxIndexState.PartSize, out var blinding) || !source.TryReadFixed(BoxIndexState.PartSize, out var encryption))
                return BoxError.WrongSize;
            var isAscending = _holes.Count == 0 || _holes[^1].Index < index;
            if (!isAscending || since > LastSecond || (!IsExhausted && index >= NextIndex))
                return BoxError.StateInvalid;
            _holes.Add(new BoxHole(index, blinding, encryption, DateTimeOffset.FromUnixTimeSeconds((long)since)));
        }
        return BoxError.None;
    }

    private BoxError ReadWitnesses(ref WireReader source)
    {
        if (!source.TryReadUInt16(out var count))
            return BoxError.WrongSize;
        if (count > MaxWitnesses)
            return BoxError.StateInvalid;
        for (var i = 0; i < count; i++)
        {
            if (!source.TryReadUInt64(out var index) || !source.TryReadFixed(BoxAddress.Size, out var addressBytes)
                || !source.TryReadFixed(Hash256.Size, out var hashBytes))
                return BoxError.WrongSize;
            _ = BoxAddress.TryRead(addressBytes, out var address);
            _ = Hash256.TryRead(hashBytes, out var hash);
            _witnesses.Add(new BoxWitness(index, address, hash));
        }
        return BoxError.None;
    }
}

using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <content>The stored state.</content>
public sealed partial class Session
{
    private const byte StateVersion = 1;
    private const byte FlagCanSend = 1;
    private const byte FlagStepPending = 2;
    private const byte FlagOwnKeys = 4;
    private const byte FlagReceiving = 8;
    private const byte FlagsAll = FlagCanSend | FlagStepPending | FlagOwnKeys | FlagReceiving;
    private const int StateHeadSize = 1 + 2 + 1 + 1 + Hash256.Size + (6 * KeySize) + (4 * sizeof(uint)); // version, suite, role, flags, th2, keys, numbers

    /// <summary>Longest state in bytes.</summary>
    public const int MaxStateSize = StateHeadSize + RatchetKeyPair.Size + (2 * StepKeys.Size) + 1 + ((1 + MaxOldChains) * (KeySize + sizeof(ushort))) + (MaxSkippedKeys * SkippedMessageKeys.EntrySize);

    /// <summary>The size of the state as it is now.</summary>
    public int StateSize => StateHeadSize + (_own is null ? 0 : RatchetKeyPair.Size) + (_canSend ? StepKeys.Size : 0) + StepKeys.Size
        + (_receiving is null ? 0 : ChainSize(_receiving)) + 1 + _oldChains.Sum(ChainSize);

    /// <summary>Writes the state, all of it secret, for the slot area.</summary>
    /// <exception cref="ArgumentException">The destination has another size than <see cref="StateSize"/>.</exception>
    public void Export(Span<byte> destination)
    {
        if (destination.Length != StateSize)
            throw new ArgumentException("The destination has another size than the state.", nameof(destination));
        var writer = new WireWriter(destination);
        writer.WriteByte(StateVersion);
        writer.WriteUInt16(SessionSuite.Current);
        writer.WriteByte((byte)_role);
        writer.WriteByte((byte)((_canSend ? FlagCanSend : 0) | (_stepPending ? FlagStepPending : 0) | (_own is null ? 0 : FlagOwnKeys) | (_receiving is null ? 0 : FlagReceiving)));
        writer.WriteFixed(_transcript.Bytes);
        writer.WriteFixed(_keys.Bytes);
        writer.WriteUInt32(_sendNumber);
        writer.WriteUInt32(_previousCount);
        writer.WriteUInt32(_receiveNumber);
        writer.WriteUInt32(_rootSteps);
        _own?.Export(writer.Take(RatchetKeyPair.Size));
        if (_canSend)
            writer.WriteFixed(_ownStepKeys);
        writer.WriteFixed(_peerStepKeys);
        if (_receiving is not null)
            WriteChain(ref writer, _receiving);
        writer.WriteByte((byte)_oldChains.Count);
        foreach (var chain in _oldChains)
            WriteChain(ref writer, chain);
    }

    /// <summary>Reads what <see cref="Export"/> wrote; the states of every version that ever was are read for ever (E-24).</summary>
    public static SessionStateError TryImport(ReadOnlySpan<byte> source, out Session? session)
    {
        session = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version))
            return SessionStateError.Malformed;
        if (version != StateVersion)
            return SessionStateError.OtherVersion;
        if (!reader.TryReadUInt16(out var suite) || suite != SessionSuite.Current || !reader.TryReadByte(out var role) || role > (byte)AgreementRole.Guest
            || !reader.TryReadByte(out var flags) || (flags & ~FlagsAll) != 0
            || !reader.TryReadFixed(Hash256.Size, out var transcript) || !Hash256.TryRead(transcript, out var th2))
            return SessionStateError.Malformed;
        var read = new Session((AgreementRole)role, th2);
        if (!read.TryReadBody(ref reader, flags) || !reader.IsAtEnd || !read.IsConsistent())
        {
            read.Dispose();
            return SessionStateError.Malformed;
        }
        session = read;
        return SessionStateError.None;
    }

    private bool TryReadBody(ref WireReader reader, byte flags)
    {
        _canSend = (flags & FlagCanSend) != 0;
        _stepPending = (flags & FlagStepPending) != 0;
        if (!reader.TryReadFixed(6 * KeySize, out var keys) || !reader.TryReadUInt32(out _sendNumber) || !reader.TryReadUInt32(out _previousCount)
            || !reader.TryReadUInt32(out _receiveNumber) || !reader.TryReadUInt32(out _rootSteps))
            return false;
        keys.CopyTo(_keys.Bytes);
        if ((flags & FlagOwnKeys) != 0)
        {
            if (!reader.TryReadFixed(RatchetKeyPair.Size, out var own))
                return false;
            _own = RatchetKeyPair.Import(own);
        }
        if (_canSend)
        {
            if (!reader.TryReadFixed(StepKeys.Size, out var ownStepKeys))
                return false;
            ownStepKeys.CopyTo(_ownStepKeys);
            SessionHeader.Start(_sendHeader, _ownStepKeys, _previousCount);
        }
        if (!reader.TryReadFixed(StepKeys.Size, out var peerStepKeys))
            return false;
        peerStepKeys.CopyTo(_peerStepKeys);
        return TryReadChains(ref reader, (flags & FlagReceiving) != 0);
    }

    private bool TryReadChains(ref WireReader reader, bool isReceiving)
    {
        var limit = MaxSkippedKeys;
        if (isReceiving)
        {
            _receiving = TryReadChain(ref reader, _receiveNumber, ref limit);
            if (_receiving is null)
                return false;
        }
        if (!reader.TryReadByte(out var count) || count > MaxOldChains)
            return false;
        for (var i = 0; i < count; i++)
        {
            var chain = TryReadChain(ref reader, uint.MaxValue, ref limit);
            if (chain is null)
                return false;
            _oldChains.Add(chain);
            if (chain.Skipped.Count == 0)
                return false;
        }
        return true;
    }

    // one of three stages: waiting for the first message, having sent last, having received last
    private bool IsConsistent()
    {
        if (_canSend && _stepPending)
            return false;
        if (_stepPending ? _own is not null : _own is null)
            return false;
        if (_stepPending || _canSend)
        {
            if (!X25519PublicKey.TryRead(StepKeys.Agreement(_peerStepKeys.AsSpan()), out _) || !MlKemEncapsulationKey.TryRead(StepKeys.Encapsulation(_peerStepKeys.AsSpan()), out _))
                return false;
        }
        if (_canSend && (!StepKeys.Agreement(_ownStepKeys.AsSpan()).SequenceEqual(_own!.Agreement.PublicKey.Bytes)
            || !StepKeys.Encapsulation(_ownStepKeys.AsSpan()).SequenceEqual(_own.Decapsulation.EncapsulationKey.Bytes)))
            return false;
        return _receiving is not null || _oldChains.Count == 0;
    }

    private static ReceivingChain? TryReadChain(ref WireReader reader, uint end, ref int limit)
    {
        if (!reader.TryReadFixed(KeySize, out var headerKey))
            return null;
        var chain = new ReceivingChain(headerKey);
        if (chain.Skipped.TryRead(ref reader, end, limit))
        {
            limit -= chain.Skipped.Count;
            return chain;
        }
        chain.Dispose();
        return null;
    }

    private static int ChainSize(ReceivingChain chain) => KeySize + sizeof(ushort) + (chain.Skipped.Count * SkippedMessageKeys.EntrySize);

    private static void WriteChain(ref WireWriter writer, ReceivingChain chain)
    {
        writer.WriteFixed(chain.HeaderKey);
        chain.Skipped.Write(ref writer);
    }
}

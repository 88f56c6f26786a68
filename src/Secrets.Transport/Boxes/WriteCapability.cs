using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>The right to write a channel from one index on: seed 32 ‖ index state 104, 136 bytes, secret.</summary>
/// <remarks>One device has one, and nobody else ever gets it. Wiped on disposal. Spec: docs/protocol/boxes.md §3.4.</remarks>
public sealed class WriteCapability : IDisposable
{
    /// <summary>Size of the exported form in bytes.</summary>
    public const int Size = Ed25519PrivateKey.SeedSize + BoxIndexState.Size;

    // each of the two numbers that make a start index is below 2^62
    private const ulong StartMask = (1UL << 62) - 1;

    private readonly Ed25519PrivateKey _root;
    private readonly BoxIndexState _state;

    private WriteCapability(Ed25519PrivateKey root, BoxIndexState state)
    {
        _root = root;
        _state = state;
    }

    /// <summary>The index that is written next.</summary>
    public ulong Index => _state.Index;

    internal Ed25519PublicKey Root => _root.PublicKey;

    /// <summary>A new channel: random seed, random H, a start index that is the sum of two random numbers below 2^62.</summary>
    public static WriteCapability Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> numbers = stackalloc byte[2 * sizeof(ulong)];
        random.Fill(numbers);
        var start = (BinaryPrimitives.ReadUInt64LittleEndian(numbers) & StartMask)
            + (BinaryPrimitives.ReadUInt64LittleEndian(numbers[sizeof(ulong)..]) & StartMask);
        using var chainKey = SecretBuffer.Generate(BoxIndexState.PartSize, random);
        return new WriteCapability(Ed25519PrivateKey.Generate(random), BoxIndexState.Start(start, chainKey.Bytes));
    }

    /// <summary>The channel that several parties derive from what they share: Idx64 = 0, one advance, so its first index is 1.</summary>
    /// <exception cref="ArgumentException">Seed or H don't have 32 bytes.</exception>
    public static WriteCapability FromSeed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> chainKey)
    {
        if (chainKey.Length != BoxIndexState.PartSize)
            throw new ArgumentException("H has 32 bytes.", nameof(chainKey));
        return new WriteCapability(Ed25519PrivateKey.FromSeed(seed), BoxIndexState.Start(0, chainKey));
    }

    /// <summary>Reads exactly 136 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out WriteCapability? capability)
    {
        capability = null;
        if (source.Length != Size || !BoxIndexState.TryRead(source[Ed25519PrivateKey.SeedSize..], out var state))
            return false;
        capability = new WriteCapability(Ed25519PrivateKey.FromSeed(source[..Ed25519PrivateKey.SeedSize]), state);
        return true;
    }

    /// <summary>Copies the 136 bytes out, for sealing them into a store.</summary>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("A write capability has 136 bytes.", nameof(destination));
        _root.ExportForVault(destination[..Ed25519PrivateKey.SeedSize]);
        _state.ExportForVault(destination[Ed25519PrivateKey.SeedSize..]);
    }

    /// <summary>The right to read from the present index on.</summary>
    public ReadCapability GrantRead() => new(_root.PublicKey, _state.Duplicate());

    /// <summary>Moves to the next index and erases the present one; false at the last one.</summary>
    public bool TryAdvance() => _state.TryAdvance();

    /// <summary>Signing and sealing keys of the present index at one relay.</summary>
    public BoxWriteKeys DeriveKeys(in RelayId relay, BoxClass boxClass) => BoxWriteKeys.Derive(_root, _state, relay, boxClass);

    /// <summary>Wipes the capability.</summary>
    public void Dispose()
    {
        _root.Dispose();
        _state.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(WriteCapability);
}

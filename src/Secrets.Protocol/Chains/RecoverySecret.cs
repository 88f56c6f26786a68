using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>β, 32 bytes: what blinds an identity's backup root into another recovery key for every chat.</summary>
/// <remarks>
/// Devices hold β and the public half of the root, so they can name the recovery key of a new chain; only who has the
/// private half too (the password or the paper) can use it. Two participants can't find out that their chats have one
/// root, since they don't know β (decision 4). Spec: docs/protocol/chains.md §4.1.
/// </remarks>
public sealed class RecoverySecret : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBuffer _bytes;

    private RecoverySecret(SecretBuffer bytes) => _bytes = bytes;

    /// <summary>A new random secret, one per identity.</summary>
    public static RecoverySecret Generate(RandomSource random) => new(SecretBuffer.Generate(Size, random));

    /// <summary>The secret that <see cref="ExportForVault"/> gave; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static RecoverySecret FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("A recovery secret has 32 bytes.", nameof(bytes));
        return new RecoverySecret(new SecretBuffer(bytes));
    }

    /// <summary>The recovery key of the chain whose first link holds this random value.</summary>
    /// <exception cref="ArgumentException">The root is no key.</exception>
    public Ed25519PublicKey DeriveRecoveryKey(in Ed25519PublicKey backupRoot, ReadOnlySpan<byte> chainRandom)
    {
        using var factor = DeriveFactor(chainRandom);
        if (!backupRoot.TryBlind(factor, out var key))
            throw new ArgumentException("The backup root is no key.", nameof(backupRoot));
        return key;
    }

    /// <summary>The private half of that recovery key.</summary>
    public BlindedSigningKey DeriveSigningKey(Ed25519PrivateKey backupRoot, ReadOnlySpan<byte> chainRandom)
    {
        ArgumentNullException.ThrowIfNull(backupRoot);
        using var factor = DeriveFactor(chainRandom);
        return backupRoot.Blind(factor);
    }

    /// <summary>Copies β (32 bytes) out, for sealing it into a store.</summary>
    public void ExportForVault(Span<byte> destination) => _bytes.ExportForVault(destination);

    /// <summary>Wipes β.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RecoverySecret);

    private BlindingFactor DeriveFactor(ReadOnlySpan<byte> chainRandom)
    {
        if (chainRandom.Length != FirstLink.RandomSize)
            throw new ArgumentException("The random value of a chain has 16 bytes.", nameof(chainRandom));
        var input = LabelledHash.Start(Labels.Recovery).Add(_bytes.Bytes).Add(chainRandom).Finish();
        return BlindingFactor.Derive(input.Bytes);
    }
}

using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Protocol.Rooms;

/// <summary>A sender key: what one session says things under; each message hashes it forward.</summary>
/// <remarks>The same for the sender and who hears; random at first, never used in two places. Spec: docs/protocol/rooms.md §4.3.</remarks>
internal sealed class SenderKey : IDisposable
{
    public const int KeySize = Aes256Gcm.KeySize;

    private readonly SecretBuffer _chain;
    private readonly SecretBuffer _sign;

    private SenderKey(ulong id, ulong counter, SecretBuffer chain, SecretBuffer sign)
    {
        Id = id;
        Counter = counter;
        _chain = chain;
        _sign = sign;
    }

    /// <summary>Random; tells keys of one session apart.</summary>
    public ulong Id { get; }

    /// <summary>The number of the next message.</summary>
    public ulong Counter { get; private set; }

    public ReadOnlySpan<byte> Chain => _chain.Bytes;

    /// <summary>Of signs that are not kept.</summary>
    public ReadOnlySpan<byte> Sign => _sign.Bytes;

    public static SenderKey Generate(RandomSource random)
    {
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        random.Fill(id);
        return new SenderKey(BinaryPrimitives.ReadUInt64BigEndian(id), 0, SecretBuffer.Generate(KeySize, random), SecretBuffer.Generate(KeySize, random));
    }

    public static SenderKey From(ulong id, ulong counter, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> sign) =>
        new(id, counter, new SecretBuffer(chain), new SecretBuffer(sign));

    public SenderKey Copy() => From(Id, Counter, Chain, Sign);

    /// <summary>The key of the next message.</summary>
    public void DeriveMessageKey(Span<byte> key) => Hkdf.ExpandSha256(key, _chain.Bytes, Labels.Message);

    /// <summary>Goes on to the next message; what came before can't be made from what is left.</summary>
    public void Advance()
    {
        using var next = new SecretBuffer(KeySize);
        Hkdf.ExpandSha256(next.Bytes, _chain.Bytes, Labels.Chain);
        next.Bytes.CopyTo(_chain.Bytes);
        Counter = checked(Counter + 1);
    }

    public void Dispose()
    {
        _chain.Dispose();
        _sign.Dispose();
    }
}

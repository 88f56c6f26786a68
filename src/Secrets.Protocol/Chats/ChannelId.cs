using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The name of a channel between its writer and its readers, 16 bytes: the start of H("secrets/1/channel", root public key of the channel).</summary>
/// <remarks>Only ever inside sessions: a relay never sees it. Spec: docs/protocol/chats.md §3.5.</remarks>
public readonly struct ChannelId : IEquatable<ChannelId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private ChannelId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ChannelId value)
    {
        value = default;
        if (source.Length != Size)
            return false;
        value = new ChannelId(source);
        return true;
    }

    /// <summary>The name of the channel whose read capability begins with this root public key.</summary>
    public static ChannelId Derive(in Ed25519PublicKey root) =>
        new(LabelledHash.Start(Labels.Channel).Add(root.Bytes).Finish().Bytes[..Size]);

    /// <summary>The name of the channel of a read capability (136 bytes), which begins with its root public key.</summary>
    public static ChannelId DeriveFromReadCapability(ReadOnlySpan<byte> readCapability) =>
        new(LabelledHash.Start(Labels.Channel).Add(readCapability[..Ed25519PublicKey.Size]).Finish().Bytes[..Size]);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(ChannelId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChannelId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ChannelId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(ChannelId left, ChannelId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(ChannelId left, ChannelId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}

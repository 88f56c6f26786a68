using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The name of a chat, H("secrets/1/chat", th1 of its first agreement), 32 bytes; both sides know it, nobody else does.</summary>
/// <remarks><c>default</c> (all zero) stands where an agreement belongs to no chat yet. Spec: docs/protocol/sessions.md §4.5.</remarks>
public readonly struct ChatId : IEquatable<ChatId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = Hash256.Size;

    private readonly Hash256 _hash;

    internal ChatId(Hash256 hash) => _hash = hash;

    /// <summary>The bytes.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _hash.Bytes;

    /// <summary>True where there is no chat yet.</summary>
    public bool IsNone => _hash == default;

    /// <summary>The chat that begins with the agreement whose first transcript hash this is.</summary>
    public static ChatId Of(Hash256 firstTranscript) => new(LabelledHash.Start(Labels.Chat).Add(firstTranscript.Bytes).Finish());

    /// <summary>Reads exactly 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ChatId id)
    {
        var read = Hash256.TryRead(source, out var hash);
        id = new ChatId(hash);
        return read;
    }

    /// <inheritdoc/>
    public bool Equals(ChatId other) => _hash == other._hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChatId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash.GetHashCode();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ChatId);

    /// <summary>Equality.</summary>
    public static bool operator ==(ChatId left, ChatId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ChatId left, ChatId right) => !left.Equals(right);
}

using System.Diagnostics.CodeAnalysis;

namespace Secrets.Client;

/// <summary>Names a chat on this device: 16 random bytes that never leave it.</summary>
public readonly struct ChatId : IEquatable<ChatId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Guid _value;

    /// <summary>The chat with this number.</summary>
    public ChatId(Guid value) => _value = value;

    /// <summary>The number.</summary>
    public Guid Value => _value;

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ChatId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new ChatId(value);
        return parsed;
    }

    /// <summary>32 hexadecimal digits, for programs that follow several chats.</summary>
    public string Format() => _value.ToString("N");

    /// <inheritdoc/>
    public bool Equals(ChatId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChatId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The name of the type; ids are not for logs.</summary>
    public override string ToString() => nameof(ChatId);

    /// <summary>Equality.</summary>
    public static bool operator ==(ChatId left, ChatId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ChatId left, ChatId right) => !left.Equals(right);
}

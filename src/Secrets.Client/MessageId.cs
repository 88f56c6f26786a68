using System.Diagnostics.CodeAnalysis;

namespace Secrets.Client;

/// <summary>Names a message on this device: 16 bytes.</summary>
public readonly struct MessageId : IEquatable<MessageId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Guid _value;

    /// <summary>The message with this number.</summary>
    public MessageId(Guid value) => _value = value;

    /// <summary>The number.</summary>
    public Guid Value => _value;

    /// <summary>The message with these 16 bytes.</summary>
    internal static MessageId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>Writes the 16 bytes.</summary>
    internal void Write(Span<byte> destination) => _ = _value.TryWriteBytes(destination, bigEndian: true, out _);

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new MessageId(value);
        return parsed;
    }

    /// <summary>32 hexadecimal digits, for programs that follow messages.</summary>
    public string Format() => _value.ToString("N");

    /// <inheritdoc/>
    public bool Equals(MessageId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MessageId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The name of the type; ids are not for logs.</summary>
    public override string ToString() => nameof(MessageId);

    /// <summary>Equality.</summary>
    public static bool operator ==(MessageId left, MessageId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(MessageId left, MessageId right) => !left.Equals(right);
}

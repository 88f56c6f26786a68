using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>A typed, immutable value of a fact.</summary>
/// <remarks>
/// Secret bytes lie in pinned memory; the store wipes those it holds when it is closed, after which they can't be read.
/// Spec: docs/protocol/store.md §3.2.
/// </remarks>
public sealed class FactValue : IEquatable<FactValue>
{
    /// <summary>Longest text, bytes or secret: 1 MiB.</summary>
    public const int MaxSize = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // pinned if secret; wiped by the store that holds the value, so that handing values around needs no owner
    private readonly byte[] _bytes;
    private readonly EntityType _type;
    private bool _isWiped;

    private FactValue(FactKind kind, byte[] bytes, EntityType type = default)
    {
        Kind = kind;
        _bytes = bytes;
        _type = type;
    }

    /// <summary>The type of the value.</summary>
    public FactKind Kind { get; }

    /// <summary>The encoded value without its kind.</summary>
    internal ReadOnlySpan<byte> Encoded => _isWiped ? throw new ObjectDisposedException(nameof(IdentityStore)) : _bytes;

    /// <summary>A text.</summary>
    /// <exception cref="ArgumentException">Not encodable as UTF-8 (lone surrogates) or above 1 MiB.</exception>
    public static FactValue Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FactValue(FactKind.Text, Limited(Utf8.GetBytes(text)));
    }

    /// <summary>A text given as UTF-8.</summary>
    /// <exception cref="ArgumentException">Not UTF-8 or above 1 MiB.</exception>
    public static FactValue Utf8Text(ReadOnlySpan<byte> utf8)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw new ArgumentException("The text is not UTF-8.", nameof(utf8));
        return new FactValue(FactKind.Text, Limited(utf8.ToArray()));
    }

    /// <summary>Bytes.</summary>
    /// <exception cref="ArgumentException">Above 1 MiB.</exception>
    public static FactValue Bytes(ReadOnlySpan<byte> bytes) => new(FactKind.Bytes, Limited(bytes.ToArray()));

    /// <summary>A number.</summary>
    public static FactValue Number(long number) => new(FactKind.Number, Encode(number));

    /// <summary>True or false.</summary>
    public static FactValue Boolean(bool value) => new(FactKind.Boolean, [value ? (byte)1 : (byte)0]);

    /// <summary>A time; milliseconds are kept.</summary>
    public static FactValue Time(DateTimeOffset time) => new(FactKind.Time, Encode(time.ToUnixTimeMilliseconds()));

    /// <summary>Another entity.</summary>
    public static FactValue Reference(EntityId entity)
    {
        var uuid = new byte[EntityId.UuidSize];
        entity.WriteUuid(uuid);
        _ = entity.Type.Name;
        return new FactValue(FactKind.Reference, uuid, entity.Type);
    }

    /// <summary>Secret bytes; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Above 1 MiB.</exception>
    public static FactValue Secret(ReadOnlySpan<byte> secret)
    {
        if (secret.Length > MaxSize)
            throw new ArgumentException("A value has at most 1 MiB.", nameof(secret));
        var pinned = GC.AllocateArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(pinned);
        return new FactValue(FactKind.Secret, pinned);
    }

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public string AsText() => Utf8.GetString(Of(FactKind.Text));

    /// <summary>The text as UTF-8, or the bytes.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public ReadOnlySpan<byte> AsBytes() => Kind is FactKind.Text or FactKind.Bytes ? _bytes : Of(FactKind.Bytes);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public long AsNumber() => BinaryPrimitives.ReadInt64BigEndian(Of(FactKind.Number));

    /// <summary>True or false.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public bool AsBoolean() => Of(FactKind.Boolean)[0] != 0;

    /// <summary>The time.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public DateTimeOffset AsTime() => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(Of(FactKind.Time)));

    /// <summary>The entity referred to.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    public EntityId AsReference() => EntityId.FromUuid(_type, Of(FactKind.Reference));

    /// <summary>A copy of the secret, which the caller owns and wipes; null if it is empty.</summary>
    /// <exception cref="InvalidOperationException">Another kind.</exception>
    /// <exception cref="ObjectDisposedException">The store that held it was closed.</exception>
    public SecretBuffer? OpenSecret()
    {
        if (Kind != FactKind.Secret)
            throw new InvalidOperationException("The value is of another kind.");
        return Encoded.IsEmpty ? null : new SecretBuffer(Encoded);
    }

    /// <inheritdoc/>
    public bool Equals(FactValue? other) =>
        other is not null && Kind == other.Kind && (Kind != FactKind.Reference || _type == other._type) && CryptographicOperations.FixedTimeEquals(Encoded, other.Encoded);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactValue);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        if (Kind != FactKind.Secret)
            hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the value.</summary>
    public override string ToString() => nameof(FactValue);

    /// <summary>The type of the entity referred to; only for <see cref="FactKind.Reference"/>.</summary>
    internal EntityType ReferenceType => _type;

    /// <summary>Wipes a secret; other kinds stay.</summary>
    internal void Wipe()
    {
        if (Kind != FactKind.Secret)
            return;
        CryptographicOperations.ZeroMemory(_bytes);
        _isWiped = true;
    }

    /// <summary>Reads an encoded value; false unless it is exactly what this class would write.</summary>
    internal static bool TryRead(FactKind kind, ReadOnlySpan<byte> source, EntityType referenceType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FactValue? value)
    {
        value = null;
        if (source.Length > MaxSize)
            return false;
        value = kind switch
        {
            FactKind.None => null,
            FactKind.Text => System.Text.Unicode.Utf8.IsValid(source) ? new FactValue(kind, source.ToArray()) : null,
            FactKind.Bytes => new FactValue(kind, source.ToArray()),
            FactKind.Number => source.Length == sizeof(long) ? new FactValue(kind, source.ToArray()) : null,
            FactKind.Time => source.Length == sizeof(long) && IsTime(source) ? new FactValue(kind, source.ToArray()) : null,
            FactKind.Boolean => source.Length == 1 && source[0] <= 1 ? new FactValue(kind, source.ToArray()) : null,
            FactKind.Reference => source.Length == EntityId.UuidSize ? new FactValue(kind, source.ToArray(), referenceType) : null,
            FactKind.Secret => Secret(source),
        };
        return value is not null;
    }

    private static bool IsTime(ReadOnlySpan<byte> source)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(source);
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    }

    private ReadOnlySpan<byte> Of(FactKind kind) =>
        Kind == kind ? _bytes : throw new InvalidOperationException("The value is of another kind.");

    private static byte[] Limited(byte[] bytes) =>
        bytes.Length <= MaxSize ? bytes : throw new ArgumentException("A value has at most 1 MiB.");

    private static byte[] Encode(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}

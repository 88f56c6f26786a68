using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>E2: 32 secret bytes that only the two sides of one agreement have; proves in another session that they are the same two (decision 12).</summary>
/// <remarks>Kept in the slot area until both <c>also</c> values were seen; wiped on disposal. Spec: docs/protocol/sessions.md §4.9.</remarks>
public sealed class AgreementExporter : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    /// <summary>Size of an <c>also</c> value in bytes.</summary>
    public const int AlsoSize = HMACSHA256.HashSizeInBytes;

    private readonly SecretBuffer _bytes;

    private AgreementExporter(ReadOnlySpan<byte> bytes) => _bytes = new SecretBuffer(bytes);

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static AgreementExporter Import(ReadOnlySpan<byte> source)
    {
        if (source.Length != Size)
            throw new ArgumentException("An exporter has 32 bytes.", nameof(source));
        return new AgreementExporter(source);
    }

    /// <summary>Writes the 32 bytes for the slot area.</summary>
    public void Export(Span<byte> destination) => _bytes.ExportForVault(destination);

    /// <summary>Writes what the side with this role in the <em>session</em> sends there: also = HMAC-SHA-256(E2, "secrets/1/also" ‖ role ‖ th2 of the session).</summary>
    /// <exception cref="ArgumentException">The destination has not 32 bytes.</exception>
    public void ComputeAlso(AgreementRole role, Hash256 sessionTranscript, Span<byte> also)
    {
        if (also.Length != AlsoSize)
            throw new ArgumentException("An also value has 32 bytes.", nameof(also));
        Span<byte> message = stackalloc byte[Labels.Also.Length + 1 + Hash256.Size];
        Labels.Also.CopyTo(message);
        message[Labels.Also.Length] = (byte)role;
        sessionTranscript.Bytes.CopyTo(message[(Labels.Also.Length + 1)..]);
        _ = HMACSHA256.HashData(_bytes.Bytes, message, also);
    }

    /// <summary>True for the value that the side with this role must send.</summary>
    public bool VerifyAlso(AgreementRole role, Hash256 sessionTranscript, ReadOnlySpan<byte> also)
    {
        Span<byte> expected = stackalloc byte[AlsoSize];
        ComputeAlso(role, sessionTranscript, expected);
        return CryptographicOperations.FixedTimeEquals(expected, also);
    }

    /// <summary>Wipes the bytes.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(AgreementExporter);
}

namespace Secrets.Protocol.Sessions;

/// <summary>The one suite there is: X25519 with ML-KEM-768, HKDF-SHA-256, BLAKE2b, XChaCha20-Poly1305. It is never negotiated.</summary>
/// <remarks>Decision 3: the suite stands in the secret, in th1 and in every header's associated data. Spec: docs/protocol/sessions.md §4.1.</remarks>
public static class SessionSuite
{
    /// <summary>Suite 1.</summary>
    public const ushort Current = 1;
}

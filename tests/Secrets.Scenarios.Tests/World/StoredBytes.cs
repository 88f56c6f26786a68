using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A box or a delete's mark (an empty payload) as a relay in memory keeps it.</summary>
internal sealed record StoredBytes(BoxClass Class, Ed25519Signature Signature, byte[] Payload, DateTimeOffset Since);

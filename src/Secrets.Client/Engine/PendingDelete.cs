using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>A delete that is to go to a relay, not before its time: deletes are spread so that they don't link their addresses.</summary>
internal sealed record PendingDelete(string Relay, Tombstone Tombstone, DateTimeOffset NotBefore);

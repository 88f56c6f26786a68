using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>What became of a write or delete and, where something else was in its place, that.</summary>
internal readonly struct PutResult
{
    /// <summary>A decision that is durable; <paramref name="existing"/> for occupied and deleted.</summary>
    public PutResult(BoxDecision decision, KeptBox? existing = null)
    {
        Decision = decision;
        Existing = existing;
    }

    /// <summary>No room, or the disk fails.</summary>
    public static PutResult Refused => new(BoxDecision.Refuse);

    /// <summary>What became of it.</summary>
    public BoxDecision Decision { get; }

    /// <summary>What is there instead.</summary>
    public KeptBox? Existing { get; }
}

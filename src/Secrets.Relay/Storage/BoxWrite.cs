using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>A verified write or delete on its way into the store.</summary>
/// <remarks>The body belongs to the cell it came in and must stay as it is until <see cref="OnCompleted"/>.</remarks>
internal abstract class BoxWrite
{
    private readonly BoxAddress _address;

    /// <summary>A write, or with an empty body a delete.</summary>
    protected BoxWrite(in BoxAddress address, KeptBox box)
    {
        _address = address;
        Box = box;
    }

    /// <summary>Where to put it.</summary>
    public ref readonly BoxAddress Address => ref _address;

    /// <summary>What to put there.</summary>
    public KeptBox Box { get; }

    /// <summary>The outcome; set by the store before <see cref="OnCompleted"/>.</summary>
    public PutResult Result { get; internal set; } = PutResult.Refused;

    /// <summary>Called once, on a thread of the pool, when the outcome is durable. Must be quick and must not throw.</summary>
    public abstract void OnCompleted();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxWrite);
}

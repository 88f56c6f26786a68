using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>What a relay keeps under one address: a box, or the mark that a delete left.</summary>
internal sealed class KeptBox
{
    private readonly Ed25519Signature _signature;

    /// <summary>A box, or with an empty body a mark.</summary>
    public KeptBox(BoxClass boxClass, in Ed25519Signature signature, ReadOnlyMemory<byte> body)
    {
        Class = boxClass;
        _signature = signature;
        Body = body;
    }

    /// <summary>The class of the cell that brought it.</summary>
    public BoxClass Class { get; }

    /// <summary>Over the body, or over nothing for a mark.</summary>
    public ref readonly Ed25519Signature Signature => ref _signature;

    /// <summary>The sealed payload; empty for a mark.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>True for the mark of a delete.</summary>
    public bool IsMark => Body.IsEmpty;

    /// <summary>The view that decisions are made on.</summary>
    public StoredBox AsStored() => StoredBox.Of(Class, _signature, Body.Span);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(KeptBox);
}

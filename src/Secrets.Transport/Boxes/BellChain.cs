using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>A follower's side of the bell: whether each bell follows the one before.</summary>
/// <remarks>Refused bells change nothing. Spec: docs/protocol/boxes.md §4.10.</remarks>
public sealed class BellChain
{
    private readonly Ed25519PublicKey _key;
    private Hash256 _last;
    private bool _hasLast;

    /// <summary>Follows a relay whose bells this key signs.</summary>
    public BellChain(in Ed25519PublicKey relayKey) => _key = relayKey;

    /// <summary>The number of the last bell taken; 0 before the first.</summary>
    public ulong LastNumber { get; private set; }

    /// <summary>Hash of the last bell taken: what participants compare.</summary>
    public Hash256 LastHash => _last;

    /// <summary>
    /// Takes a bell. <see cref="BellError.None"/>: it follows. <see cref="BellError.Gap"/>: taken too, but it is the first, or some before it
    /// are missing. Anything else: not taken.
    /// </summary>
    public BellError TryAppend(Bell bell)
    {
        ArgumentNullException.ThrowIfNull(bell);
        if (!bell.Verify(_key))
            return BellError.SignatureInvalid;
        if (_hasLast && bell.Number < LastNumber)
            return BellError.Old;
        if (_hasLast && bell.Number == LastNumber)
            return bell.Hash == _last ? BellError.Old : BellError.Fork;
        var follows = _hasLast && bell.Number - 1 == LastNumber;
        if (follows && bell.Previous != _last)
            return BellError.Fork;
        LastNumber = bell.Number;
        _last = bell.Hash;
        _hasLast = true;
        return follows ? BellError.None : BellError.Gap;
    }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(BellChain);
}

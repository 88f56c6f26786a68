using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Checks each author's key once, however many commits it has written.</summary>
internal sealed class AuthorCache
{
    private readonly List<Ed25519PublicKey> _known = [];

    public bool TryRead(ReadOnlySpan<byte> source, out Ed25519PublicKey key)
    {
        foreach (var known in _known)
        {
            if (known.Bytes.SequenceEqual(source))
            {
                key = known;
                return true;
            }
        }
        if (!Ed25519PublicKey.TryRead(source, out key))
            return false;
        if (_known.Count < CommitWriter.MaxAuthors)
            _known.Add(key);
        return true;
    }
}

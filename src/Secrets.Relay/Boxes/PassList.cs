using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;

namespace Secrets.Relay.Boxes;

/// <summary>The passes of a closed relay, as hashes. A pass is made by the program, 160 random bits, so a plain hash gives it away to nobody.</summary>
internal sealed class PassList
{
    /// <summary>Longest pass that is looked at.</summary>
    public const int MaxLength = 256;

    private const int RandomSize = 20;

    private readonly byte[][] _hashes;

    /// <summary>From hashes in hexadecimal.</summary>
    /// <exception cref="RelayException">One isn't such a hash.</exception>
    public PassList(IEnumerable<string> hashes)
    {
        try
        {
            _hashes = [.. hashes.Select(Convert.FromHexString)];
        }
        catch (FormatException)
        {
            _hashes = [[]];
        }
        if (Array.Exists(_hashes, hash => hash.Length != Hash256.Size))
            throw new RelayException(RelayErrorCode.BadOption, "writers: a pass's hash has 64 hexadecimal digits; --make-pass prints one");
    }

    /// <summary>True if a pass is needed to write.</summary>
    public bool IsClosed => _hashes.Length > 0;

    /// <summary>A new pass, and the hash that the relay is configured with.</summary>
    public static (string Pass, string Hash) Generate(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[RandomSize];
        random.Fill(bytes);
        var pass = Convert.ToHexStringLower(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return (pass, Convert.ToHexStringLower(HashOf(pass).Bytes));
    }

    /// <summary>True for a pass of the list.</summary>
    public bool Accepts(string pass)
    {
        if (pass.Length > MaxLength)
            return false;
        var hash = HashOf(pass);
        var isKnown = false;
        foreach (var known in _hashes)
            isKnown |= CryptographicOperations.FixedTimeEquals(known, hash.Bytes);
        return isKnown;
    }

    private static Hash256 HashOf(string pass) => LabelledHash.Start("secrets/1/relay-pass"u8).Add(Encoding.UTF8.GetBytes(pass)).Finish();
}

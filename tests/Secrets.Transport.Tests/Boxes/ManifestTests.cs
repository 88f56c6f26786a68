using Secrets.Crypto;
using Secrets.Transport.Boxes;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>The relay's manifest (decision 17).</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly Ed25519PrivateKey _birthKey = RelayKey(1);
    private readonly Ed25519PrivateKey _handshakeKey = RelayKey(2);
    private readonly RelayManifestTerms _terms = new() { Number = 3, IssuedAt = Noon, LimitDays = 21, BellIntervalMilliseconds = 2_000, IsClosed = true };

    public void Dispose()
    {
        _birthKey.Dispose();
        _handshakeKey.Dispose();
    }

    [Fact]
    public void A_manifest_carries_its_fields_and_keys_of_unknown_purpose()
    {
        var manifest = RelayManifest.Create(_birthKey, _handshakeKey.PublicKey, _terms, [new(1, 0, 0, new byte[1_216]), new(9, 2, 2_900, "later"u8)]);

        Assert.Equal(ManifestError.None, RelayManifest.TryRead(manifest.Encoded, Relay(1), out var again));

        Assert.Equal(Relay(1), again!.Relay);
        Assert.Equal(_handshakeKey.PublicKey, again.HandshakeKey);
        Assert.Equal((3UL, Noon, 21, 2_000, true), (again.Terms.Number, again.Terms.IssuedAt, again.Terms.LimitDays, again.Terms.BellIntervalMilliseconds, again.Terms.IsClosed));
        Assert.Equal((9, 2, 2_900), (again.Keys[1].Purpose, again.Keys[1].BoxClass, again.Keys[1].Week));
        Assert.Equal("later"u8, again.Keys[1].Key);
        Assert.Equal(manifest.Hash, again.Hash);
    }

    [Fact]
    public void The_handshake_key_can_roll_and_the_id_stays()
    {
        var first = RelayManifest.Create(_birthKey, _birthKey.PublicKey, _terms, []);
        var second = RelayManifest.Create(_birthKey, _handshakeKey.PublicKey, _terms, []);

        Assert.Equal(first.Relay, second.Relay);
        Assert.NotEqual(first.Hash, second.Hash);
    }

    [Fact]
    public void Any_flipped_bit_is_refused_E_26()
    {
        var bytes = RelayManifest.Create(_birthKey, _handshakeKey.PublicKey, _terms, [new(2, 1, 5, "key"u8)]).Encoded.ToArray();

        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(ManifestError.None, RelayManifest.TryRead(bytes, out var manifest));
            Assert.Null(manifest);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Another_relays_manifest_other_versions_and_lengths_are_refused()
    {
        var bytes = RelayManifest.Create(_birthKey, _handshakeKey.PublicKey, _terms, []).Encoded.ToArray();

        Assert.Equal(ManifestError.OtherRelay, RelayManifest.TryRead(bytes, Relay(2), out _));
        Assert.Equal(ManifestError.WrongSize, RelayManifest.TryRead(bytes.AsSpan(0, 100), out _));
        Assert.Equal(ManifestError.WrongSize, RelayManifest.TryRead(new byte[RelayManifest.MaxSize + 1], out _));
        bytes[0] = 2;
        Assert.Equal(ManifestError.VersionUnknown, RelayManifest.TryRead(bytes, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelayManifest.Create(_birthKey, _handshakeKey.PublicKey, default, []));
        Assert.Throws<ArgumentException>(() => new RelayManifestKey(1, 0, 0, []));
    }
}

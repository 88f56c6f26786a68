using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Support;

/// <summary>A box with a key of its own: what a relay sees of one, without the channel behind it.</summary>
internal sealed class TestBox : IDisposable
{
    private readonly Ed25519PrivateKey _key;

    public TestBox(BoxClass boxClass = BoxClass.Small) : this(Ed25519PrivateKey.Generate(RandomSource.System), boxClass, RandomBody(boxClass))
    {
    }

    private TestBox(Ed25519PrivateKey key, BoxClass boxClass, byte[] body)
    {
        _key = key;
        Class = boxClass;
        Body = body;
        _ = BoxAddress.TryRead(_key.PublicKey.Bytes, out var address);
        Address = address;
    }

    public BoxClass Class { get; }

    public byte[] Body { get; }

    public BoxAddress Address { get; }

    public SealedBox Sealed => Seal(Body);

    public KeptBox Kept => Keep(Body);

    public KeptBox Mark => Keep([]);

    public Tombstone Tombstone => new(Address, _key.Sign([]));

    /// <summary>The same box each time.</summary>
    public static TestBox Numbered(byte number, BoxClass boxClass)
    {
        Span<byte> seed = stackalloc byte[Ed25519PrivateKey.SeedSize];
        seed.Fill(number);
        var body = new byte[boxClass.SealedSize];
        for (var i = 0; i < body.Length; i++)
            body[i] = unchecked((byte)((i * 31) + number));
        return new TestBox(Ed25519PrivateKey.FromSeed(seed), boxClass, body);
    }

    public static byte[] RandomBody(BoxClass boxClass)
    {
        var body = new byte[boxClass.SealedSize];
        RandomSource.System.Fill(body);
        return body;
    }

    public KeptBox Keep(byte[] body) => new(Class, _key.Sign(body), body);

    public SealedBox Seal(byte[] body)
    {
        var error = SealedBox.TryCreate(Address, _key.Sign(body), body, out var box);
        Assert.Equal(BoxError.None, error);
        return box!;
    }

    public void Dispose() => _key.Dispose();
}

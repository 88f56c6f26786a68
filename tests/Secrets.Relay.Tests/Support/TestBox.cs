using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Support;

/// <summary>A box with a key of its own: what a relay sees of one, without the channel behind it.</summary>
internal sealed class TestBox : IDisposable
{
    private readonly Ed25519PrivateKey _key;

    public TestBox(BoxClass boxClass = BoxClass.Small)
    {
        _key = Ed25519PrivateKey.Generate(RandomSource.System);
        Class = boxClass;
        Body = RandomBody(boxClass);
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

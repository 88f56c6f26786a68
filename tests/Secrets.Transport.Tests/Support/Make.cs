using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Transport.Tests.Support;

/// <summary>Short ways to what tests need.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Hex(string text) => Convert.FromHexString(text);

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static RelayId Relay(int seed)
    {
        using var key = RelayKey(seed);
        return RelayId.FromKey(key.PublicKey);
    }

    public static Ed25519PrivateKey RelayKey(int seed) => Ed25519PrivateKey.Generate(new SeededRandom(1_000 + seed));

    public static WriteCapability Capability(int seed) => WriteCapability.Generate(new SeededRandom(seed));

    public static BoxAddress Address(ReadOnlySpan<byte> bytes) => BoxAddress.TryRead(bytes, out var address) ? address : throw new ArgumentException("address");

    public static Ed25519Signature Signature(ReadOnlySpan<byte> bytes) => Ed25519Signature.TryRead(bytes, out var signature) ? signature : throw new ArgumentException("signature");

    public static BoxWriter Import(byte[] state)
    {
        Assert.Equal(BoxError.None, BoxWriter.TryRead(state, out var writer));
        return writer!;
    }

    public static BoxReader ImportReader(byte[] state)
    {
        Assert.Equal(BoxError.None, BoxReader.TryRead(state, out var reader));
        return reader!;
    }

    public static byte[] Export(BoxWriter writer)
    {
        var state = new byte[BoxWriter.StateSize];
        writer.ExportForVault(state);
        return state;
    }

    public static byte[] Export(BoxReader reader)
    {
        var state = new byte[reader.StateSize];
        reader.ExportForVault(state);
        return state;
    }

    public static byte[] Export(WriteCapability capability)
    {
        var bytes = new byte[WriteCapability.Size];
        capability.ExportForVault(bytes);
        return bytes;
    }

    public static byte[] Export(ReadCapability capability)
    {
        var bytes = new byte[ReadCapability.Size];
        capability.Write(bytes);
        return bytes;
    }

    public static SealedBox Tamper(SealedBox box, int payloadBit = -1, int signatureBit = -1)
    {
        var payload = box.Payload.ToArray();
        var signature = box.Signature.Bytes.ToArray();
        if (payloadBit >= 0)
            payload[payloadBit / 8] ^= (byte)(1 << (payloadBit % 8));
        if (signatureBit >= 0)
            signature[signatureBit / 8] ^= (byte)(1 << (signatureBit % 8));
        Assert.Equal(BoxError.None, SealedBox.TryCreate(box.Address, Signature(signature), payload, out var result));
        return result!;
    }
}

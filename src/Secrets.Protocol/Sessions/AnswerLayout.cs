using Secrets.Crypto;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>The two parts of an answer. Open: suite 2, g.ik 32, g.e 32, ct 1,088. Inner, before sealing:
/// count 1, links (u16 length ‖ bytes)…, g.r 32, g.rek 1,184, pair channel 136, data channel 136, own secret 32, name, relays, u16 length ‖ text.</summary>
/// <remarks>Table B.2. Spec: docs/protocol/sessions.md §3.4.</remarks>
internal static class AnswerLayout
{
    public const int MaxSize = 4052;
    public const int OpenSize = 2 + X25519PublicKey.Size + X25519PublicKey.Size + MlKemEncapsulationKey.CiphertextSize;
    public const int MaxInnerSize = MaxSize - OpenSize - XChaCha20Poly1305.TagSize;

    public static int InnerSize(AnswerContent content) =>
        1 + content.Links.Sum(link => sizeof(ushort) + link.Length)
        + X25519PublicKey.Size + MlKemEncapsulationKey.Size + ReadCapability.Size + ReadCapability.Size + SecretId.Size
        + PersonName.Size(content.Name) + RelayAddresses.Size(content.Relays) + sizeof(ushort) + content.FirstText.Length;

    public static void WriteInner(Span<byte> destination, AnswerContent content, RatchetKeyPair ratchet)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)content.Links.Count);
        foreach (var link in content.Links)
            writer.WriteBytes16(link.Span);
        writer.WriteFixed(ratchet.Agreement.PublicKey.Bytes);
        writer.WriteFixed(ratchet.Decapsulation.EncapsulationKey.Bytes);
        content.PairChannel.Write(writer.Take(ReadCapability.Size));
        content.DataChannel.Write(writer.Take(ReadCapability.Size));
        writer.WriteFixed(content.OwnSecret.Bytes);
        PersonName.Write(ref writer, content.Name);
        RelayAddresses.Write(ref writer, content.Relays);
        writer.WriteBytes16(content.FirstText.Span);
    }

    public static bool TryReadInner(ReadOnlySpan<byte> source, out AnswerContent? content, out X25519PublicKey ratchetKey, out MlKemEncapsulationKey? ratchetEncapsulationKey)
    {
        content = null;
        ratchetKey = default;
        ratchetEncapsulationKey = null;
        var reader = new WireReader(source);
        if (!TryReadLinks(ref reader, out var links)
            || !reader.TryReadFixed(X25519PublicKey.Size, out var r) || !X25519PublicKey.TryRead(r, out ratchetKey)
            || !reader.TryReadFixed(MlKemEncapsulationKey.Size, out var rek) || !MlKemEncapsulationKey.TryRead(rek, out ratchetEncapsulationKey)
            || !reader.TryReadFixed(ReadCapability.Size, out var pair) || !reader.TryReadFixed(ReadCapability.Size, out var data)
            || !reader.TryReadFixed(SecretId.Size, out var own) || !SecretId.TryRead(own, out var ownSecret)
            || !PersonName.TryRead(ref reader, out var name) || !RelayAddresses.TryRead(ref reader, out var relays)
            || !reader.TryReadBytes16(MaxInnerSize, out var text) || !reader.IsAtEnd)
            return false;
        if (!ReadCapability.TryRead(pair, out var pairChannel))
            return false;
        if (!ReadCapability.TryRead(data, out var dataChannel))
        {
            pairChannel.Dispose();
            return false;
        }
        content = new AnswerContent(links, pairChannel, dataChannel, ownSecret, name, relays, text.ToArray());
        return true;
    }

    private static bool TryReadLinks(ref WireReader reader, out IReadOnlyList<ReadOnlyMemory<byte>> links)
    {
        links = [];
        if (!reader.TryReadByte(out var count) || count is 0 or > AnswerContent.MaxLinks)
            return false;
        var list = new List<ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(i == 0 ? Offer.MaxFirstLinkSize : MaxInnerSize, out var link) || link.IsEmpty)
                return false;
            list.Add(link.ToArray());
        }
        links = list;
        return true;
    }
}

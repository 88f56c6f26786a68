using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>A relay address inside a secret, shortened: an shs key at its end is written as 32 bytes instead of base64.</summary>
/// <remarks>Form 0: u8 length ‖ text. Form 1: u8 length ‖ text before "~shs:" ‖ 32 bytes. Spec: docs/protocol/sessions.md §3.2.</remarks>
internal static class RelayHint
{
    private const byte Plain = 0;
    private const byte WithKey = 1;
    private const int KeySize = 32;
    private const int KeyLength = 44;
    private const string Marker = "~shs:";
    private const int TailLength = KeyLength + 5; // marker and key

    public static void Write(ref WireWriter writer, string address)
    {
        Span<byte> key = stackalloc byte[KeySize];
        if (TrySplit(address, key))
        {
            writer.WriteByte(WithKey);
            writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(address[..^TailLength]));
            writer.WriteFixed(key);
        }
        else
        {
            writer.WriteByte(Plain);
            writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(address));
        }
    }

    public static bool TryRead(ref WireReader reader, out string address)
    {
        address = "";
        if (!reader.TryReadByte(out var form) || form > WithKey || !reader.TryReadBytes8(RelayAddresses.MaxSize, out var text))
            return false;
        address = System.Text.Encoding.Latin1.GetString(text);
        if (form == WithKey)
        {
            if (!reader.TryReadFixed(KeySize, out var key))
                return false;
            address += Marker + Convert.ToBase64String(key);
        }
        // one address has one form
        return RelayAddresses.IsValid(address) && TrySplit(address, stackalloc byte[KeySize]) == (form == WithKey);
    }

    private static bool TrySplit(string address, Span<byte> key)
    {
        if (address.Length < TailLength || !address.AsSpan(address.Length - TailLength).StartsWith(Marker, StringComparison.Ordinal))
            return false;
        var encoded = address[^KeyLength..];
        return Convert.TryFromBase64String(encoded, key, out var written) && written == KeySize && Convert.ToBase64String(key) == encoded;
    }
}

using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>Lists of at most three relay addresses: u8 count ‖ (u8 length ‖ text)….</summary>
/// <remarks>An address is opaque here: 1 to 119 bytes of printable ASCII without spaces. Spec: docs/protocol/sessions.md §3.3.</remarks>
public static class RelayAddresses
{
    /// <summary>Most addresses in a list.</summary>
    public const int MaxCount = 3;

    /// <summary>Longest address in bytes.</summary>
    public const int MaxSize = 119;

    /// <summary>True for a text that may stand in a list.</summary>
    public static bool IsValid(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length is > 0 and <= MaxSize && !address.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    internal static void Check(IReadOnlyList<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (addresses.Count > MaxCount || !addresses.All(IsValid))
            throw new ArgumentException("At most three addresses of up to 119 printable ASCII characters.", nameof(addresses));
    }

    internal static int Size(IReadOnlyList<string> addresses) => 1 + addresses.Sum(address => 1 + address.Length);

    internal static void Write(ref WireWriter writer, IReadOnlyList<string> addresses)
    {
        writer.WriteByte((byte)addresses.Count);
        foreach (var address in addresses)
            writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(address));
    }

    internal static bool TryRead(ref WireReader reader, out IReadOnlyList<string> addresses)
    {
        addresses = [];
        if (!reader.TryReadByte(out var count) || count > MaxCount)
            return false;
        var list = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes8(MaxSize, out var bytes))
                return false;
            var address = System.Text.Encoding.Latin1.GetString(bytes);
            if (!IsValid(address))
                return false;
            list.Add(address);
        }
        addresses = list;
        return true;
    }
}

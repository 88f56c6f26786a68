using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>What one person hands to another to start a chat: S, the hash of an offer (32 bytes), and hints where the offer lies.</summary>
/// <remarks>
/// S is a commitment (decision 2): whoever holds it finds the offer and can tell it from any other. It gives addresses and
/// keys of the meeting, never authority. Owned by whoever made it; wiped on disposal. Spec: docs/protocol/sessions.md §3.1, §3.2.
/// </remarks>
public sealed class Secret : IDisposable
{
    /// <summary>Size of S in bytes.</summary>
    public const int Size = Hash256.Size;

    private const byte Version = (byte)SessionSuite.Current;

    private readonly SecretBuffer _bytes;

    private Secret(ReadOnlySpan<byte> bytes, IReadOnlyList<string> relayHints)
    {
        _bytes = new SecretBuffer(bytes);
        RelayHints = relayHints;
        Id = new SecretId(LabelledHash.Start(Labels.SecretId).Add(bytes).Finish());
    }

    /// <summary>The name of this secret, which doesn't give it away.</summary>
    public SecretId Id { get; }

    /// <summary>Relays where the offer may be found. Nothing vouches for them: they are used to find the offer and for nothing else.</summary>
    public IReadOnlyList<string> RelayHints { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes.Bytes;

    /// <summary>The secret of an offer.</summary>
    /// <exception cref="ArgumentException">More than three hints, or one that is no address.</exception>
    public static Secret Of(Offer offer, IReadOnlyList<string> relayHints)
    {
        ArgumentNullException.ThrowIfNull(offer);
        RelayAddresses.Check(relayHints);
        return new Secret(LabelledHash.Start(Labels.Offer).Add(offer.Bytes).Finish().Bytes, [.. relayHints]);
    }

    /// <summary>The secret with these 32 bytes, as a store or an own session keeps it.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes, or hints that can't be.</exception>
    public static Secret FromBytes(ReadOnlySpan<byte> bytes, IReadOnlyList<string> relayHints)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("A secret has 32 bytes.", nameof(bytes));
        RelayAddresses.Check(relayHints);
        return new Secret(bytes, [.. relayHints]);
    }

    /// <summary>Reads any of the three forms: tolerates space around and inside, either case, and a link with any host.</summary>
    public static SecretError TryParse(ReadOnlySpan<char> text, out Secret? secret)
    {
        secret = null;
        Span<char> line = stackalloc char[CodeText.MaxLength];
        if (!CodeText.TryNormalise(text, line, out var length))
            return SecretError.Malformed;
        Span<byte> data = stackalloc byte[CodeText.MaxDataSize];
        var error = CodeText.TryDecode(line[..length], CodeKind.Secret, data, out var size);
        if (error == SecretError.None)
            error = TryRead(data[..size], out secret);
        line.Clear();
        CryptographicOperations.ZeroMemory(data);
        return error;
    }

    /// <summary>The line of text, lower case.</summary>
    public string FormatText()
    {
        Span<byte> data = stackalloc byte[CodeText.MaxDataSize];
        var writer = new WireWriter(data);
        writer.WriteByte(Version);
        writer.WriteFixed(_bytes.Bytes);
        writer.WriteByte((byte)RelayHints.Count);
        foreach (var hint in RelayHints)
            RelayHint.Write(ref writer, hint);
        var text = CodeText.Encode(CodeKind.Secret, data[..writer.Length]);
        CryptographicOperations.ZeroMemory(data);
        return text;
    }

    /// <summary>The content of the QR code: the line in upper case, which QR codes store in 5.5 bits a character.</summary>
    public string FormatQr() => FormatText().ToUpperInvariant();

    /// <summary>The link: the address of the app, "#", the line. What is behind "#" never leaves the browser.</summary>
    /// <exception cref="ArgumentException">The address has a "#" of its own.</exception>
    public string FormatLink(string appAddress) => CodeText.FormatLink(appAddress, FormatText());

    /// <summary>Copies S out, for sealing it into a store or handing it to an own device.</summary>
    public void ExportForVault(Span<byte> destination) => _bytes.ExportForVault(destination);

    /// <summary>Wipes S.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Secret);

    /// <summary>Order of two secrets by their bytes, for the rule which of two agreements gives the session (decision 12).</summary>
    internal int CompareTo(Secret other) => Bytes.SequenceCompareTo(other.Bytes);

    // version 1 ‖ S 32 ‖ count 1 ‖ hints
    private static SecretError TryRead(ReadOnlySpan<byte> data, out Secret? secret)
    {
        secret = null;
        var reader = new WireReader(data);
        if (!reader.TryReadByte(out var version))
            return SecretError.Malformed;
        if (version != Version)
            return SecretError.OtherVersion;
        if (!reader.TryReadFixed(Size, out var bytes) || !reader.TryReadByte(out var count) || count > RelayAddresses.MaxCount)
            return SecretError.Malformed;
        var hints = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            if (!RelayHint.TryRead(ref reader, out var hint))
                return SecretError.Malformed;
            hints.Add(hint);
        }
        if (!reader.IsAtEnd)
            return SecretError.Malformed;
        secret = new Secret(bytes, hints);
        return SecretError.None;
    }
}

using System.Text;
using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>A session description as a media engine writes it, checked: one certificate, no keys in it, nothing but printable ASCII.</summary>
/// <remarks>RFC 8866, RFC 8122. Up to 11,000 bytes. Spec: docs/protocol/calls.md §3.4.</remarks>
public sealed class SessionDescription
{
    /// <summary>Most bytes of a description.</summary>
    public const int MaxSize = 11_000;

    private const string FingerprintLine = "a=fingerprint:";
    private const string Sha256 = "sha-256 ";
    private const string KeyLine = "a=crypto:";
    private const string CandidateLine = "a=candidate:";
    private const string FirstLine = "v=0";
    private const string LineEnd = "\r\n";

    private readonly string[] _lines;

    private SessionDescription(string[] lines, Hash256 fingerprint)
    {
        _lines = lines;
        Fingerprint = fingerprint;
    }

    /// <summary>SHA-256 of the certificate that the description is of.</summary>
    public Hash256 Fingerprint { get; }

    /// <summary>The text, each line with CRLF behind it.</summary>
    public string Text => string.Concat(_lines.Select(static line => line + LineEnd));

    /// <summary>Reads a description from a peer, or from the own engine.</summary>
    public static CallError TryRead(ReadOnlySpan<byte> source, out SessionDescription? description)
    {
        description = null;
        if (source.Length > MaxSize)
            return CallError.TooLong;
        var lines = Encoding.Latin1.GetString(source).Split(LineEnd);
        // each line has its end behind it, so after the last end there is nothing
        if (lines[^1].Length > 0 || lines[0] != FirstLine || !lines.SkipLast(1).All(IsLine))
            return CallError.BadDescription;
        lines = lines[..^1];
        var fingerprints = lines.Where(static line => line.StartsWith(FingerprintLine, StringComparison.Ordinal)).Select(ReadFingerprint).Distinct().ToArray();
        if (fingerprints is not [{ } fingerprint])
            return CallError.BadDescription;
        description = new SessionDescription(lines, fingerprint);
        return CallError.None;
    }

    /// <summary>The fingerprint as 32 bytes in hexadecimal with colons, as media engines write it.</summary>
    public static bool TryReadFingerprint(string? text, out Hash256 fingerprint)
    {
        const int Length = (Hash256.Size * 3) - 1;
        fingerprint = default;
        if (text is not { Length: Length })
            return false;
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        for (var i = 0; i < bytes.Length; i++)
        {
            var isApart = i == bytes.Length - 1 || text[(3 * i) + 2] == ':';
            if (!isApart || Convert.FromHexString(text.AsSpan(3 * i, 2), bytes[i..], out _, out var written) != System.Buffers.OperationStatus.Done || written != 1)
                return false;
        }

        return Hash256.TryRead(bytes, out fingerprint);
    }

    /// <summary>The same without the ways that would show an address: only candidates of type relay stay.</summary>
    public SessionDescription WithoutAddresses() => new([.. _lines.Where(static line => !line.StartsWith(CandidateLine, StringComparison.Ordinal) || IsRelayed(line))], Fingerprint);

    /// <summary>
    /// The same as it is sent: it wishes for Opus of constant bit rate without pauses, and leaves out the header extensions that tell the loudness,
    /// so that sizes and times of packets say nothing of what is spoken.
    /// </summary>
    public SessionDescription WithEvenSound()
    {
        var formats = _lines.Select(static line => OpusFormat(line)).OfType<string>().Select(static format => $"a=fmtp:{format} ").ToArray();
        return new SessionDescription(
            [.. _lines.Where(static line => !TellsLoudness(line)).Select(line => Array.Exists(formats, format => line.StartsWith(format, StringComparison.Ordinal)) ? Even(line) : line)], Fingerprint);
    }

    /// <summary>True for a candidate of type relay, with or without what stands before it in a description.</summary>
    public static bool IsRelayed(string candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var words = candidate.Split(' ');
        const int TypeName = 6;
        return words.Length > TypeName + 1 && words[TypeName] == "typ" && words[TypeName + 1] == "relay";
    }

    /// <summary>The name of the type; a description holds addresses.</summary>
    public override string ToString() => nameof(SessionDescription);

    internal int Size => _lines.Sum(static line => line.Length + LineEnd.Length);

    private static string? OpusFormat(string line)
    {
        const string MapLine = "a=rtpmap:";
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && line.StartsWith(MapLine, StringComparison.Ordinal) && line.AsSpan(end + 1).StartsWith("opus/", StringComparison.OrdinalIgnoreCase) ? line[MapLine.Length..end] : null;
    }

    private static bool TellsLoudness(string line) =>
        line.StartsWith("a=extmap:", StringComparison.Ordinal) && line.EndsWith("-audio-level", StringComparison.Ordinal);

    private static string Even(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var wishes = line[(end + 1)..].Split(';').Where(static wish => !wish.StartsWith("cbr=", StringComparison.Ordinal) && !wish.StartsWith("usedtx=", StringComparison.Ordinal));
        return $"{line[..end]} {string.Join(';', wishes.Append("cbr=1").Append("usedtx=0"))}";
    }

    private static Hash256? ReadFingerprint(string line)
    {
        var value = line[FingerprintLine.Length..];
        return value.StartsWith(Sha256, StringComparison.Ordinal) && TryReadFingerprint(value[Sha256.Length..], out var fingerprint) ? fingerprint : null;
    }

    // a key in the description would be one that the carrier of the signals chose or read
    private static bool IsLine(string line) => line.Length > 0 && !line.AsSpan().ContainsAnyExceptInRange(' ', '~') && !line.StartsWith(KeyLine, StringComparison.Ordinal);
}

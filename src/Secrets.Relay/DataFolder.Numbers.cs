using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Relay.Boxes;
using Secrets.Transport.Boxes;

namespace Secrets.Relay;

/// <summary>The folder's two small files that carry numbers on: the bell's and the manifest's.</summary>
internal sealed partial class DataFolder
{
    private const string BellFileName = "bell";
    private const string ManifestFileName = "manifest";

    // as many bells as ring in ten years: a relay restarts before
    private const ulong Reserved = 1UL << 27;

    /// <summary>The number of the next bell: above every one that may have been used before, also when the clock has gone back.</summary>
    /// <exception cref="RelayException">The file can't be read or written.</exception>
    public ulong ReserveNumbers(DateTimeOffset now)
    {
        var number = (ulong)Math.Max(0, now.ToUnixTimeSeconds());
        if (TryReadFile(BellFileName, sizeof(ulong)) is { } bytes)
            number = Math.Max(number, BinaryPrimitives.ReadUInt64BigEndian(bytes) + 1);
        Span<byte> next = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(next, number + Reserved);
        WriteFile(BellFileName, next);
        return number;
    }

    /// <summary>The manifest as it was, or a new one if the key or the terms have changed.</summary>
    /// <exception cref="RelayException">The file can't be read or written.</exception>
    public RelayManifest LoadManifest(Ed25519PrivateKey key, in Ed25519PublicKey handshakeKey, bool isClosed, RelayOptions options)
    {
        var now = options.Clock.GetUtcNow();
        var number = (ulong)Math.Max(1, now.ToUnixTimeSeconds());
        if (TryReadFile(ManifestFileName, RelayManifest.MaxSize) is { } bytes
            && RelayManifest.TryRead(bytes, RelayId.FromKey(key.PublicKey), out var before) == ManifestError.None)
        {
            var terms = before!.Terms;
            if (before.HandshakeKey == handshakeKey && terms.LimitDays == options.KeepDays && terms.IsClosed == isClosed)
                return before;
            number = Math.Max(number, terms.Number + 1);
        }
        var manifest = RelayManifest.Create(
            key,
            handshakeKey,
            new RelayManifestTerms { Number = number, IssuedAt = now, LimitDays = options.KeepDays, BellIntervalMilliseconds = (int)BellBoard.Interval.TotalMilliseconds, IsClosed = isClosed },
            []);
        WriteFile(ManifestFileName, manifest.Encoded);
        return manifest;
    }

    private byte[]? TryReadFile(string name, int maxSize)
    {
        try
        {
            var file = System.IO.Path.Combine(Path, name);
            if (!File.Exists(file))
                return null;
            var bytes = File.ReadAllBytes(file);
            return bytes.Length <= maxSize && bytes.Length >= sizeof(ulong) ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RelayException(RelayErrorCode.DataUnusable);
        }
    }

    // written beside and renamed, so that a crash leaves the old or the new one
    private void WriteFile(string name, ReadOnlySpan<byte> bytes)
    {
        var file = System.IO.Path.Combine(Path, name);
        var unfinished = file + ".new";
        try
        {
            File.Delete(unfinished);
            using (var stream = new FileStream(unfinished, Options(System.IO.FileMode.CreateNew)))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RelayException(RelayErrorCode.DataUnusable);
        }
    }
}

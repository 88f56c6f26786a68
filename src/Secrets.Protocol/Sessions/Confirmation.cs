using System.Diagnostics.CodeAnalysis;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>The plaintext of the owner's first session message: its two read capabilities.</summary>
/// <remarks>Version 1 ‖ flags 1 (zero) ‖ pair channel 136 ‖ data channel 136 = 274 bytes. Owns the capabilities. Spec: docs/protocol/sessions.md §3.6.</remarks>
public sealed class Confirmation : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 1 + 1 + ReadCapability.Size + ReadCapability.Size;

    private const byte Version = 1;

    /// <summary>Takes the owner's two channels; disposing wipes both.</summary>
    public Confirmation(ReadCapability pairChannel, ReadCapability dataChannel)
    {
        ArgumentNullException.ThrowIfNull(pairChannel);
        ArgumentNullException.ThrowIfNull(dataChannel);
        PairChannel = pairChannel;
        DataChannel = dataChannel;
    }

    /// <summary>Where the owner's further session messages will lie.</summary>
    public ReadCapability PairChannel { get; }

    /// <summary>The owner's data channel.</summary>
    public ReadCapability DataChannel { get; }

    /// <summary>Reads exactly 274 bytes; false for another form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out Confirmation? confirmation)
    {
        confirmation = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || version != Version || !reader.TryReadByte(out var flags) || flags != 0
            || !reader.TryReadFixed(ReadCapability.Size, out var pair) || !reader.TryReadFixed(ReadCapability.Size, out var data) || !reader.IsAtEnd
            || !ReadCapability.TryRead(pair, out var pairChannel))
            return false;
        if (!ReadCapability.TryRead(data, out var dataChannel))
        {
            pairChannel.Dispose();
            return false;
        }
        confirmation = new Confirmation(pairChannel, dataChannel);
        return true;
    }

    /// <summary>Writes the 274 bytes.</summary>
    /// <exception cref="ArgumentException">The destination has another size.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("A confirmation has 274 bytes.", nameof(destination));
        var writer = new WireWriter(destination);
        writer.WriteByte(Version);
        writer.WriteByte(0);
        PairChannel.Write(writer.Take(ReadCapability.Size));
        DataChannel.Write(writer.Take(ReadCapability.Size));
    }

    /// <summary>Wipes the capabilities.</summary>
    public void Dispose()
    {
        PairChannel.Dispose();
        DataChannel.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Confirmation);
}

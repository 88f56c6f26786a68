using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>The reading side of one channel: where its boxes are, and what came in it. Each has a slot of its own.</summary>
/// <remarks>
/// The other side decides how full it is, so its bounds are such that it always fits the 262,144 bytes of a slot: reader 165,008 (8 relays, 2,000 holes,
/// 64 witnesses), log 80,630 (1,088 entries, 16 pieces of evidence), generations 646, withheld 8 · (256 + 32), lengths 15.
/// </remarks>
internal sealed class InChannel(BoxReader reader, ChannelLog log, GenerationWatch generations) : IDisposable
{
    private const byte Version = 1;

    public BoxReader Reader { get; } = reader;

    public ChannelLog Log { get; } = log;

    public GenerationWatch Generations { get; } = generations;

    /// <summary>Indices of pointers whose text is not whole, or was given up: they are not acknowledged.</summary>
    public SortedSet<ulong> Withheld { get; } = [];

    /// <summary>Begins to read a channel whose capability was given; the capability belongs to the channel from now on.</summary>
    public static InChannel Start(ReadCapability capability, IReadOnlyList<RelayId> relays, uint generation)
    {
        Span<byte> bytes = stackalloc byte[ReadCapability.Size];
        capability.Write(bytes);
        var log = new ChannelLog(ChannelId.DeriveFromReadCapability(bytes), capability.Index);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return new InChannel(BoxReader.Create(capability, BoxClass.Small, [.. relays]), log, new GenerationWatch(generation));
    }

    /// <summary>Gives up what is missing and can't be read any more: its keys are gone, or there was something else in its box. True if there was any.</summary>
    public bool GiveUpLost()
    {
        if (Log.LowestMissing == Log.NextIndex)
            return false;
        var awaited = Reader.Holes.Select(h => h.Index).ToHashSet();
        var lost = Log.Holes.Where(h => h < Reader.NextIndex && !awaited.Contains(h)).ToArray();
        foreach (var index in lost)
            Log.MarkLost(index);
        return lost.Length > 0;
    }

    public SecretBuffer Write()
    {
        var log = Log.WriteState();
        var generations = Generations.WriteState();
        var buffer = new SecretBuffer(1 + (3 * 4) + Reader.StateSize + log.Length + generations.Length + 2 + (Withheld.Count * 8));
        var writer = new WireWriter(buffer.Bytes);
        writer.WriteByte(Version);
        writer.WriteUInt32((uint)Reader.StateSize);
        Reader.ExportForVault(writer.Take(Reader.StateSize));
        writer.WriteBytes32(log.Span);
        writer.WriteBytes32(generations.Span);
        writer.WriteUInt16((ushort)Withheld.Count);
        foreach (var index in Withheld)
            writer.WriteUInt64(index);
        return buffer;
    }

    public static InChannel Read(ReadOnlySpan<byte> source)
    {
        var reader = new WireReader(source);
        SlotFormat.Require(reader.TryReadByte(out var version));
        SlotFormat.Require(version == Version);
        SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var boxBytes));
        SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var logBytes));
        SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var watchBytes));
        var channel = Join(boxBytes, logBytes, watchBytes);
        SlotFormat.Require(reader.TryReadUInt16(out var withheld));
        for (var i = 0; i < withheld; i++)
        {
            SlotFormat.Require(reader.TryReadUInt64(out var index));
            _ = channel.Withheld.Add(index);
        }
        SlotFormat.Require(reader.IsAtEnd);
        return channel;
    }

    /// <summary>A channel of the states of its parts.</summary>
    public static InChannel Join(ReadOnlySpan<byte> boxBytes, ReadOnlySpan<byte> logBytes, ReadOnlySpan<byte> watchBytes)
    {
        SlotFormat.Require(BoxReader.TryRead(boxBytes, out var boxes) == BoxError.None);
        SlotFormat.Require(boxes is not null);
        SlotFormat.Require(ChannelLog.TryReadState(logBytes, out var log) == MessageError.None);
        SlotFormat.Require(log is not null);
        SlotFormat.Require(GenerationWatch.TryReadState(watchBytes, out var watch) == MessageError.None);
        SlotFormat.Require(watch is not null);
        return new InChannel(boxes, log, watch);
    }

    public void Dispose() => Reader.Dispose();
}

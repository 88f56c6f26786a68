using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Encoding;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <summary>What a session comes back with, as one string of bytes.</summary>
/// <remarks>
/// version 2 ‖ words 14 ‖ relay (bytes16) ‖ label (bytes16) ‖ count u16 ‖ files, each message id 16 ‖ size u64 ‖ key 32 ‖ count u16 ‖ piece ids 16 each ‖ the machine's state.
/// Of this program alone; never leaves the device.
/// </remarks>
internal static class RoomState
{
    private const byte Version = 2;
    private const int MaxText = 1_024;
    private const int FileHeadSize = RoomMessageId.Size + sizeof(ulong) + RoomFile.KeySize + sizeof(ushort);

    public static ReadOnlyMemory<byte> Write(RoomCode code, string label, IReadOnlyList<(RoomMessageId Message, RoomFile File)> files, RoomMachine machine)
    {
        using var state = machine.ExportState();
        var (relay, text) = (Encoding.UTF8.GetBytes(code.Relay!), Encoding.UTF8.GetBytes(label));
        var bytes = new byte[1 + RoomCode.Size + sizeof(ushort) + relay.Length + sizeof(ushort) + text.Length + sizeof(ushort) + files.Sum(static one => FileHeadSize + (one.File.Pieces.Count * PieceId.Size)) + state.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        code.ExportForVault(writer.Take(RoomCode.Size));
        writer.WriteBytes16(relay);
        writer.WriteBytes16(text);
        writer.WriteUInt16((ushort)files.Count);
        foreach (var (message, file) in files)
            Write(ref writer, message, file);
        state.ExportForVault(writer.Take(state.Length));
        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, RandomSource random, out RoomCode? code, out string label, out IReadOnlyDictionary<string, RoomFile> files, out RoomMachine? machine)
    {
        (code, label, machine) = (null, "", null);
        var read = new Dictionary<string, RoomFile>(StringComparer.Ordinal);
        files = read;
        var reader = new WireReader(bytes);
        if (!reader.TryReadByte(out var version) || version != Version || !reader.TryReadFixed(RoomCode.Size, out var words)
            || !reader.TryReadBytes16(MaxText, out var relay) || !reader.TryReadBytes16(MaxText, out var text) || !TryReadFiles(ref reader, read) || !reader.TryReadFixed(reader.Remaining, out var state))
        {
            return false;
        }
        var address = Encoding.UTF8.GetString(relay);
        if (!Protocol.Sessions.RelayAddresses.IsValid(address) || !RoomCode.TryRead(words, address, out code))
            return false;
        label = Encoding.UTF8.GetString(text);
        return RoomMachine.TryRestore(state, random, out machine) == RoomFrameError.None;
    }

    private static void Write(ref WireWriter writer, in RoomMessageId message, RoomFile file)
    {
        writer.WriteFixed(message.Bytes);
        writer.WriteUInt64((ulong)file.Size);
        writer.WriteFixed(file.Key.Span);
        writer.WriteUInt16((ushort)file.Pieces.Count);
        foreach (var piece in file.Pieces)
            writer.WriteFixed(piece.Bytes);
    }

    // what a file is called is in the line that was seen
    private static bool TryReadFiles(ref WireReader reader, Dictionary<string, RoomFile> files)
    {
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(RoomMessageId.Size, out var message) || !reader.TryReadUInt64(out var size) || !reader.TryReadFixed(RoomFile.KeySize, out var key)
                || !reader.TryReadUInt16(out var pieces) || size is 0 or > RoomFile.MaxSize || pieces != RoomFile.CountOf((long)size))
            {
                return false;
            }
            var ids = new List<PieceId>();
            for (var piece = 0; piece < pieces; piece++)
            {
                if (!reader.TryReadFixed(PieceId.Size, out var id) || !PieceId.TryRead(id, out var read))
                    return false;
                ids.Add(read);
            }
            if (!files.TryAdd(Convert.ToHexStringLower(message), new RoomFile("", "", (long)size, key.ToArray(), ids)))
                return false;
        }
        return true;
    }
}

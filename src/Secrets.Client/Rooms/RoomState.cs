using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Rooms;

/// <summary>What a session comes back with, as one string of bytes.</summary>
/// <remarks>version 1 ‖ words 14 ‖ relay (bytes16) ‖ label (bytes16) ‖ the machine's state. Of this program alone; never leaves the device.</remarks>
internal static class RoomState
{
    private const byte Version = 1;
    private const int MaxText = 1_024;

    public static ReadOnlyMemory<byte> Write(RoomCode code, string label, RoomMachine machine)
    {
        using var state = machine.ExportState();
        var (relay, text) = (Encoding.UTF8.GetBytes(code.Relay!), Encoding.UTF8.GetBytes(label));
        var bytes = new byte[1 + RoomCode.Size + sizeof(ushort) + relay.Length + sizeof(ushort) + text.Length + state.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        code.ExportForVault(writer.Take(RoomCode.Size));
        writer.WriteBytes16(relay);
        writer.WriteBytes16(text);
        state.ExportForVault(writer.Take(state.Length));
        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, RandomSource random, out RoomCode? code, out string label, out RoomMachine? machine)
    {
        (code, label, machine) = (null, "", null);
        var reader = new WireReader(bytes);
        if (!reader.TryReadByte(out var version) || version != Version || !reader.TryReadFixed(RoomCode.Size, out var words)
            || !reader.TryReadBytes16(MaxText, out var relay) || !reader.TryReadBytes16(MaxText, out var text) || !reader.TryReadFixed(reader.Remaining, out var state))
        {
            return false;
        }
        var address = Encoding.UTF8.GetString(relay);
        if (!Protocol.Sessions.RelayAddresses.IsValid(address) || !RoomCode.TryRead(words, address, out code))
            return false;
        label = Encoding.UTF8.GetString(text);
        return RoomMachine.TryRestore(state, random, out machine) == RoomFrameError.None;
    }
}

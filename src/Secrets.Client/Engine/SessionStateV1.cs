using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>The state of a session as the first version kept it: all of it in one slot, and its boxes in one list. It is read, and put in its new slots with the next change.</summary>
internal static class SessionStateV1
{
    private const byte Version = 1;

    public static ChatSession Read(byte version, ref WireReader reader, SessionSource source)
    {
        SlotFormat.Require(version == Version);
        var head = SessionState.ReadHead(ref reader);
        var writers = (Pair: SessionState.ReadWriter(ref reader), Data: SessionState.ReadWriter(ref reader));
        var readers = new List<byte[]> { ReadBytes(ref reader), ReadBytes(ref reader), ReadBytes(ref reader) };
        SlotFormat.Require(reader.TryReadByte(out var oldInputs));
        for (var i = 0; i < oldInputs; i++)
            readers.Add(ReadBytes(ref reader));
        SlotFormat.Require(reader.TryReadByte(out var oldOutputs));
        var logs = (Pair: SessionState.ReadSending(ref reader), Data: SessionState.ReadSending(ref reader));
        var inputs = new InChannel?[] { ReadInput(ref reader, readers[0]), ReadInput(ref reader, readers[1]), ReadInput(ref reader, readers[2]) };
        var session = head.Open(
            SessionState.Join(writers.Pair, logs.Pair), SessionState.Join(writers.Data, logs.Data), inputs[0], inputs[1], inputs[2], source.Stored);
        session.Parts = SessionState.ReadAssembler(ReadBytes(ref reader));
        for (var i = 0; i < oldInputs; i++)
            session.OldPairIns.Add(ReadInput(ref reader, readers[3 + i])!);
        for (var i = 0; i < oldOutputs; i++)
        {
            var old = SessionState.ReadSending(ref reader);
            SlotFormat.Require(old is not null);
            session.OldPairOuts.Add(old);
        }
        SlotFormat.Require(reader.TryReadByte(out var fetches));
        for (var i = 0; i < fetches; i++)
        {
            if (TextFetch.ReadV1(ref reader, Engine.RelayIds(session.InRelays)) is { } fetch)
                session.Fetches.Add(fetch);
        }
        // what is behind was left unused, and is zero
        ReadBoxes(session, source);
        return session;
    }

    private static void ReadBoxes(ChatSession session, SessionSource source)
    {
        // it is noted as stored, and never written again: so it goes with the next change
        using var list = source.Take(SessionSlot.ListSlot(source.Id));
        var reader = new WireReader(list.Bytes);
        SlotFormat.Require(reader.TryReadByte(out var version));
        SlotFormat.Require(version == Version);
        SlotFormat.Require(reader.TryReadUInt16(out var count));
        for (var i = 0; i < count; i++)
            session.Boxes.Add(SentBox.Read(ref reader, session.OutRelays));
    }

    private static InChannel? ReadInput(ref WireReader reader, byte[] boxes)
    {
        var log = ReadBytes(ref reader);
        var generations = ReadBytes(ref reader);
        return boxes.Length == 0 ? null : InChannel.Join(boxes, log, generations);
    }

    private static byte[] ReadBytes(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var bytes));
        return bytes.ToArray();
    }
}

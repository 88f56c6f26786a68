using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>The state of a session as bytes: what is small or bounded, and the names of what lies in slots of its own.</summary>
/// <remarks>
/// At most some 130,000 of the 262,144 bytes of a slot: ratchet 77,086, two logs of 18,068, names of 1,000 replaced channels, 19 that are read and 256 texts at 16 each,
/// and below 5,000 for the rest. Version 1 had channels, unfinished and long texts here; it is read, and written no more.
/// </remarks>
internal static class SessionState
{
    /// <summary>Most replaced channels of one's own that are still followed.</summary>
    public const int MaxOldOutputs = 1_000;

    private const byte Version = 2;
    private const int FixedSize = 1 + 1 + 1 + (4 * 8) + Secret.Size + AgreementExporter.Size + ContentTime.Size + AcknowledgementPlanner.StateSize + LeaseWatch.StateSize;

    public static SecretBuffer Write(ChatSession session)
    {
        var logs = new[] { session.PairOut?.Log.WriteState() ?? default, session.DataOut?.Log.WriteState() ?? default };
        var names = new[] { session.PairIn, session.DataIn, session.ConfirmIn };
        var size = FixedSize + SlotFormat.TextsSize(session.OutRelays) + SlotFormat.TextsSize(session.InRelays) + 4 + session.Ratchet.StateSize
            + WriterSize(session.PairOut) + WriterSize(session.DataOut) + logs.Sum(l => 4 + l.Length)
            + names.Sum(n => 1 + (n is null ? 0 : ChannelId.Size)) + 1 + (session.OldPairIns.Count * ChannelId.Size) + 2 + (session.OldPairOuts.Count * ChannelId.Size)
            + 2 + (session.Fetches.Count * MessageId.Size) + 1 + 4 + 4;
        var buffer = new SecretBuffer(size);
        var writer = new WireWriter(buffer.Bytes);
        WriteHead(ref writer, session);
        WriteWriter(ref writer, session.PairOut);
        WriteWriter(ref writer, session.DataOut);
        foreach (var log in logs)
            writer.WriteBytes32(log.Span);
        foreach (var name in names)
        {
            writer.WriteByte(name is null ? (byte)0 : (byte)1);
            if (name is not null)
                writer.WriteFixed(name.Log.Channel.Bytes);
        }
        writer.WriteByte((byte)session.OldPairIns.Count);
        foreach (var old in session.OldPairIns)
            writer.WriteFixed(old.Log.Channel.Bytes);
        writer.WriteUInt16((ushort)session.OldPairOuts.Count);
        foreach (var old in session.OldPairOuts)
            writer.WriteFixed(old.Channel.Bytes);
        writer.WriteUInt16((ushort)session.Fetches.Count);
        foreach (var fetch in session.Fetches)
            fetch.Id.Write(writer.Take(MessageId.Size));
        writer.WriteByte(session.Parts.UnfinishedCount > 0 ? (byte)1 : (byte)0);
        writer.WriteUInt32(session.Boxes.Range.First);
        writer.WriteUInt32(session.Boxes.Range.End);
        return buffer;
    }

    public static ChatSession Read(ReadOnlySpan<byte> bytes, SessionSource source)
    {
        var reader = new WireReader(bytes);
        SlotFormat.Require(reader.TryReadByte(out var version));
        return version == Version ? ReadParts(ref reader, source) : SessionStateV1.Read(version, ref reader, source);
    }

    /// <summary>What stands first, in all versions: from the way in to the ratchet.</summary>
    public static SessionHead ReadHead(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadByte(out var way));
        SlotFormat.Require(reader.TryReadByte(out var flags));
        SlotFormat.Require(reader.TryReadUInt64(out var created));
        SlotFormat.Require(reader.TryReadUInt64(out var retired));
        SlotFormat.Require(reader.TryReadUInt64(out var standing));
        SlotFormat.Require(reader.TryReadUInt64(out var pairSince));
        SlotFormat.Require(reader.TryReadFixed(Secret.Size, out var secret));
        SlotFormat.Require(reader.TryReadFixed(AgreementExporter.Size, out var exporter));
        SlotFormat.Require(reader.TryReadFixed(ContentTime.Size, out var clockBytes));
        SlotFormat.Require(ContentTime.TryRead(clockBytes, out var clock));
        SlotFormat.Require(reader.TryReadFixed(AcknowledgementPlanner.StateSize, out var ackBytes));
        SlotFormat.Require(AcknowledgementPlanner.TryReadState(ackBytes, out var acknowledgements) == MessageError.None);
        SlotFormat.Require(reader.TryReadFixed(LeaseWatch.StateSize, out var leaseBytes));
        SlotFormat.Require(LeaseWatch.TryReadState(leaseBytes, out var lease) == MessageError.None);
        var outRelays = SlotFormat.ReadTexts(ref reader);
        var inRelays = SlotFormat.ReadTexts(ref reader);
        SlotFormat.Require(reader.TryReadBytes32(Session.MaxStateSize, out var ratchetBytes));
        SlotFormat.Require(Session.TryImport(ratchetBytes, out var ratchet) == SessionStateError.None);
        SlotFormat.Require(ratchet is not null);
        return new SessionHead(
            (OfferKind)way, flags, Time(created) ?? DateTimeOffset.UnixEpoch, Time(retired), Time(standing), Time(pairSince) ?? DateTimeOffset.UnixEpoch,
            Secret.FromBytes(secret, []), AgreementExporter.Import(exporter), clock, acknowledgements!, lease!, outRelays, inRelays, ratchet);
    }

    public static BoxWriter? ReadWriter(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadBytes16(BoxWriter.StateSize, out var bytes));
        if (bytes.IsEmpty)
            return null;
        SlotFormat.Require(BoxWriter.TryRead(bytes, out var writer) == BoxError.None);
        return writer;
    }

    public static SendingLog? ReadSending(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var bytes));
        return bytes.IsEmpty ? null : ReadSending(bytes);
    }

    public static OutChannel? Join(BoxWriter? writer, SendingLog? log)
    {
        SlotFormat.Require(writer is null == log is null);
        return writer is null ? null : new OutChannel(writer, log!);
    }

    private static SendingLog ReadSending(ReadOnlySpan<byte> bytes)
    {
        SlotFormat.Require(SendingLog.TryReadState(bytes, out var log) == MessageError.None);
        SlotFormat.Require(log is not null);
        return log;
    }

    private static void WriteHead(ref WireWriter writer, ChatSession session)
    {
        writer.WriteByte(Version);
        writer.WriteByte((byte)session.Way);
        writer.WriteByte(SessionHead.FlagsOf(session));
        writer.WriteUInt64(Milliseconds(session.Created));
        writer.WriteUInt64(Milliseconds(session.RetiredUntil));
        writer.WriteUInt64(Milliseconds(session.StandingSent));
        writer.WriteUInt64(Milliseconds(session.PairSince));
        session.Secret.ExportForVault(writer.Take(Secret.Size));
        session.Exporter.Export(writer.Take(AgreementExporter.Size));
        session.Clock.Last.Write(writer.Take(ContentTime.Size));
        session.Acknowledgements.WriteState(writer.Take(AcknowledgementPlanner.StateSize));
        session.Lease.WriteState(writer.Take(LeaseWatch.StateSize));
        SlotFormat.WriteTexts(ref writer, session.OutRelays);
        SlotFormat.WriteTexts(ref writer, session.InRelays);
        writer.WriteUInt32((uint)session.Ratchet.StateSize);
        session.Ratchet.Export(writer.Take(session.Ratchet.StateSize));
    }

    private static ChatSession ReadParts(ref WireReader reader, SessionSource source)
    {
        var head = ReadHead(ref reader);
        var writers = (Pair: ReadWriter(ref reader), Data: ReadWriter(ref reader));
        var logs = (Pair: ReadSending(ref reader), Data: ReadSending(ref reader));
        var inputs = (Pair: ReadInput(ref reader, source), Data: ReadInput(ref reader, source), Confirm: ReadInput(ref reader, source));
        var session = head.Open(
            Join(writers.Pair, logs.Pair), Join(writers.Data, logs.Data), inputs.Pair, inputs.Data, inputs.Confirm, source.Stored);
        SlotFormat.Require(reader.TryReadByte(out var oldInputs));
        for (var i = 0; i < oldInputs; i++)
            session.OldPairIns.Add(ReadInput(ReadChannel(ref reader), source));
        SlotFormat.Require(reader.TryReadUInt16(out var oldOutputs));
        for (var i = 0; i < oldOutputs; i++)
        {
            using var log = source.Take(SessionSlot.OldOutputSlot(source.Id, ReadChannel(ref reader)));
            session.OldPairOuts.Add(ReadSending(log.Bytes));
        }
        ReadTexts(ref reader, session, source);
        SlotFormat.Require(reader.TryReadUInt32(out var first));
        SlotFormat.Require(reader.TryReadUInt32(out var end));
        for (var number = first; number < end; number++)
        {
            if (source.TryTakePage(number, session.OutRelays) is { } page)
                session.Boxes.Add(page);
        }
        SlotFormat.Require(reader.IsAtEnd);
        return session;
    }

    private static void ReadTexts(ref WireReader reader, ChatSession session, SessionSource source)
    {
        SlotFormat.Require(reader.TryReadUInt16(out var fetches));
        for (var i = 0; i < fetches; i++)
        {
            SlotFormat.Require(reader.TryReadFixed(MessageId.Size, out var id));
            using var fetch = source.Take(SessionSlot.FetchSlot(source.Id, MessageId.FromBytes(id)));
            session.Fetches.Add(TextFetch.Read(fetch.Bytes, Engine.RelayIds(session.InRelays)));
        }
        SlotFormat.Require(reader.TryReadByte(out var hasParts));
        if (hasParts == 0)
            return;
        using var parts = source.Take(SessionSlot.PartsSlot(source.Id));
        session.Parts = ReadAssembler(parts.Bytes);
    }

    public static TextAssembler ReadAssembler(ReadOnlySpan<byte> bytes)
    {
        SlotFormat.Require(TextAssembler.TryReadState(bytes, out var parts) == MessageError.None);
        SlotFormat.Require(parts is not null);
        return parts;
    }

    private static InChannel? ReadInput(ref WireReader reader, SessionSource source)
    {
        SlotFormat.Require(reader.TryReadByte(out var isThere));
        return isThere == 0 ? null : ReadInput(ReadChannel(ref reader), source);
    }

    private static InChannel ReadInput(ChannelId channel, SessionSource source)
    {
        using var state = source.Take(SessionSlot.InputSlot(source.Id, channel));
        return InChannel.Read(state.Bytes);
    }

    private static ChannelId ReadChannel(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadFixed(ChannelId.Size, out var bytes));
        _ = ChannelId.TryRead(bytes, out var channel);
        return channel;
    }

    private static int WriterSize(OutChannel? channel) => 2 + (channel is null ? 0 : BoxWriter.StateSize);

    private static void WriteWriter(ref WireWriter writer, OutChannel? channel)
    {
        writer.WriteUInt16(channel is null ? (ushort)0 : (ushort)BoxWriter.StateSize);
        channel?.Writer.ExportForVault(writer.Take(BoxWriter.StateSize));
    }

    private static ulong Milliseconds(DateTimeOffset? time) => (ulong)(time?.ToUnixTimeMilliseconds() ?? 0);

    private static DateTimeOffset? Time(ulong milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}

using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A session in its slots: one for its state, one for the list of its boxes, and one for each sealed box that the other side may not have.</summary>
internal static class SessionSlot
{
    private const byte Version = 1;

    public static SlotId BoxSlot(ChatSession session, SentBox box, int copy)
    {
        Span<byte> subject = stackalloc byte[Hash256.Size + 1 + sizeof(ulong) + 1];
        session.Id.Bytes.CopyTo(subject);
        subject[Hash256.Size] = (byte)box.Channel;
        BinaryPrimitives.WriteUInt64BigEndian(subject[(Hash256.Size + 1)..], box.Index);
        subject[^1] = (byte)copy;
        return SlotId.Derive("box"u8, subject);
    }

    public static void Put(StoreTransaction transaction, ChatSession session)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var size = StateWriter.Measure(session, parts);
        using (var buffer = new SecretBuffer(size))
        {
            StateWriter.Write(session, parts, buffer.Bytes);
            transaction.PutSlot(StateSlot(session.Id), buffer.Bytes);
        }
        var list = new byte[1 + 2 + session.Boxes.Sum(b => b.Size)];
        var writer = new WireWriter(list);
        writer.WriteByte(Version);
        writer.WriteUInt16((ushort)session.Boxes.Count);
        foreach (var box in session.Boxes)
            box.Write(ref writer, session.OutRelays);
        transaction.PutSlot(ListSlot(session.Id), list);
    }

    public static ChatSession Load(IdentityStore store, Hash256 id)
    {
        SlotFormat.Require(store.TryGetSlot(StateSlot(id), out var state));
        ChatSession session;
        using (state)
            session = StateReader.Read(state.Bytes);
        SlotFormat.Require(store.TryGetSlot(ListSlot(id), out var list));
        using (list)
        {
            var reader = new WireReader(list.Bytes);
            SlotFormat.Require(reader.TryReadByte(out var version));
            SlotFormat.Require(version == Version);
            SlotFormat.Require(reader.TryReadUInt16(out var count));
            for (var i = 0; i < count; i++)
                session.Boxes.Add(SentBox.Read(ref reader, session.OutRelays));
        }
        return session;
    }

    /// <summary>Erases a session for good, its boxes too.</summary>
    public static void Erase(StoreTransaction transaction, ChatSession session)
    {
        foreach (var box in session.Boxes)
            EraseBox(transaction, session, box);
        transaction.EraseSlot(StateSlot(session.Id));
        transaction.EraseSlot(ListSlot(session.Id));
    }

    public static void EraseBox(StoreTransaction transaction, ChatSession session, SentBox box)
    {
        for (var i = 0; i < box.Copies.Count; i++)
            transaction.EraseSlot(BoxSlot(session, box, i));
    }

    private static SlotId StateSlot(Hash256 id) => SlotId.Derive("session"u8, id.Bytes);

    private static SlotId ListSlot(Hash256 id) => SlotId.Derive("session-boxes"u8, id.Bytes);

    private static class StateWriter
    {
        /// <summary>Gathers the parts whose length varies, and sums up.</summary>
        public static int Measure(ChatSession session, List<ReadOnlyMemory<byte>> parts)
        {
            parts.Add(session.PairOut?.Log.WriteState() ?? default);
            parts.Add(session.DataOut?.Log.WriteState() ?? default);
            foreach (var channel in new[] { session.PairIn, session.DataIn, session.ConfirmIn })
            {
                parts.Add(channel?.Log.WriteState() ?? default);
                parts.Add(channel?.Generations.WriteState() ?? default);
            }
            parts.Add(session.Parts.WriteState());
            foreach (var old in session.OldPairIns)
            {
                parts.Add(old.Log.WriteState());
                parts.Add(old.Generations.WriteState());
            }
            foreach (var old in session.OldPairOuts)
                parts.Add(old.WriteState());
            return FixedSize + SlotFormat.TextsSize(session.OutRelays) + SlotFormat.TextsSize(session.InRelays)
                + 4 + session.Ratchet.StateSize
                + (2 * (2 + BoxWriter.StateSize)) + ReaderSize(session.PairIn) + ReaderSize(session.DataIn) + ReaderSize(session.ConfirmIn)
                + parts.Sum(p => 4 + p.Length) + 1 + session.Fetches.Sum(f => f.Size)
                + 2 + session.OldPairIns.Sum(ReaderSize);
        }

        public static void Write(ChatSession session, List<ReadOnlyMemory<byte>> parts, Span<byte> destination)
        {
            var writer = new WireWriter(destination);
            writer.WriteByte(Version);
            writer.WriteByte((byte)session.Way);
            writer.WriteByte((byte)((session.IsConfirmed ? 1 : 0) | (session.TheyLeft ? 2 : 0) | (session.AlsoSent ? 4 : 0) | (session.AlsoProved ? 8 : 0)));
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
            WriteWriter(ref writer, session.PairOut);
            WriteWriter(ref writer, session.DataOut);
            WriteReader(ref writer, session.PairIn);
            WriteReader(ref writer, session.DataIn);
            WriteReader(ref writer, session.ConfirmIn);
            writer.WriteByte((byte)session.OldPairIns.Count);
            foreach (var old in session.OldPairIns)
                WriteReader(ref writer, old);
            writer.WriteByte((byte)session.OldPairOuts.Count);
            foreach (var part in parts)
                writer.WriteBytes32(part.Span);
            writer.WriteByte((byte)session.Fetches.Count);
            foreach (var fetch in session.Fetches)
                fetch.Write(ref writer);
            // absent writers leave the end unused; it stays zero
            destination[writer.Length..].Clear();
        }

        private const int FixedSize = 1 + 1 + 1 + (4 * 8) + Secret.Size + AgreementExporter.Size + ContentTime.Size + AcknowledgementPlanner.StateSize + LeaseWatch.StateSize;

        private static int ReaderSize(InChannel? channel) => 4 + (channel?.Reader.StateSize ?? 0);

        private static void WriteWriter(ref WireWriter writer, OutChannel? channel)
        {
            writer.WriteUInt16(channel is null ? (ushort)0 : (ushort)BoxWriter.StateSize);
            channel?.Writer.ExportForVault(writer.Take(BoxWriter.StateSize));
        }

        private static void WriteReader(ref WireWriter writer, InChannel? channel)
        {
            var size = channel?.Reader.StateSize ?? 0;
            writer.WriteUInt32((uint)size);
            channel?.Reader.ExportForVault(writer.Take(size));
        }

        private static ulong Milliseconds(DateTimeOffset? time) => (ulong)(time?.ToUnixTimeMilliseconds() ?? 0);
    }

    private static class StateReader
    {
        public static ChatSession Read(ReadOnlySpan<byte> source)
        {
            var reader = new WireReader(source);
            SlotFormat.Require(reader.TryReadByte(out var version));
            SlotFormat.Require(version == Version);
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
            var writers = (ReadWriter(ref reader), ReadWriter(ref reader));
            var readers = (ReadReader(ref reader), ReadReader(ref reader), ReadReader(ref reader));
            var oldReaders = ReadOldReaders(ref reader);
            SlotFormat.Require(reader.TryReadByte(out var oldOuts));
            var logs = (ReadSending(ref reader), ReadSending(ref reader));
            var session = new ChatSession
            {
                Ratchet = ratchet,
                Exporter = AgreementExporter.Import(exporter),
                Secret = Secret.FromBytes(secret, []),
                Way = (OfferKind)way,
                Created = DateTimeOffset.FromUnixTimeMilliseconds((long)created),
                OutRelays = outRelays,
                InRelays = inRelays,
                IsConfirmed = (flags & 1) != 0,
                TheyLeft = (flags & 2) != 0,
                AlsoSent = (flags & 4) != 0,
                AlsoProved = (flags & 8) != 0,
                RetiredUntil = Time(retired),
                StandingSent = Time(standing),
                PairSince = DateTimeOffset.FromUnixTimeMilliseconds((long)pairSince),
                Clock = new ContentClock(clock),
                Acknowledgements = acknowledgements!,
                Lease = lease!,
                Steps = new StepBudget(default),
                PairOut = Join(writers.Item1, logs.Item1),
                DataOut = Join(writers.Item2, logs.Item2),
                PairIn = ReadIn(ref reader, readers.Item1),
                DataIn = ReadIn(ref reader, readers.Item2),
                ConfirmIn = ReadIn(ref reader, readers.Item3),
                Parts = ReadParts(ref reader),
            };
            ReadTail(ref reader, session, oldReaders, oldOuts);
            return session;
        }

        private static void ReadTail(ref WireReader reader, ChatSession session, BoxReader[] oldReaders, int oldOuts)
        {
            foreach (var old in oldReaders)
                session.OldPairIns.Add(ReadIn(ref reader, old)!);
            for (var i = 0; i < oldOuts; i++)
            {
                var old = ReadSending(ref reader);
                SlotFormat.Require(old is not null);
                session.OldPairOuts.Add(old);
            }
            SlotFormat.Require(reader.TryReadByte(out var fetches));
            for (var i = 0; i < fetches; i++)
                session.Fetches.Add(TextFetch.Read(ref reader, Engine.RelayIds(session.InRelays)));
        }

        private static TextAssembler ReadParts(ref WireReader reader)
        {
            SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var bytes));
            SlotFormat.Require(TextAssembler.TryReadState(bytes, out var parts) == MessageError.None);
            SlotFormat.Require(parts is not null);
            return parts;
        }

        private static DateTimeOffset? Time(ulong milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

        private static BoxWriter? ReadWriter(ref WireReader reader)
        {
            SlotFormat.Require(reader.TryReadBytes16(BoxWriter.StateSize, out var bytes));
            if (bytes.IsEmpty)
                return null;
            SlotFormat.Require(BoxWriter.TryRead(bytes, out var writer) == BoxError.None);
            return writer;
        }

        private static BoxReader? ReadReader(ref WireReader reader)
        {
            SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var bytes));
            if (bytes.IsEmpty)
                return null;
            SlotFormat.Require(BoxReader.TryRead(bytes, out var read) == BoxError.None);
            return read;
        }

        private static BoxReader[] ReadOldReaders(ref WireReader reader)
        {
            SlotFormat.Require(reader.TryReadByte(out var count));
            var readers = new BoxReader[count];
            for (var i = 0; i < count; i++)
            {
                var read = ReadReader(ref reader);
                SlotFormat.Require(read is not null);
                readers[i] = read;
            }
            return readers;
        }

        private static SendingLog? ReadSending(ref WireReader reader)
        {
            SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var bytes));
            if (bytes.IsEmpty)
                return null;
            SlotFormat.Require(SendingLog.TryReadState(bytes, out var log) == MessageError.None);
            return log;
        }

        private static OutChannel? Join(BoxWriter? writer, SendingLog? log)
        {
            SlotFormat.Require(writer is null == log is null);
            return writer is null ? null : new OutChannel(writer, log!);
        }

        private static InChannel? ReadIn(ref WireReader reader, BoxReader? boxes)
        {
            SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var logBytes));
            SlotFormat.Require(reader.TryReadBytes32(int.MaxValue, out var watchBytes));
            if (boxes is null)
                return null;
            SlotFormat.Require(ChannelLog.TryReadState(logBytes, out var log) == MessageError.None);
            SlotFormat.Require(log is not null);
            SlotFormat.Require(GenerationWatch.TryReadState(watchBytes, out var watch) == MessageError.None);
            SlotFormat.Require(watch is not null);
            return new InChannel(boxes, log, watch);
        }
    }
}

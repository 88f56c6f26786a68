using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chains;

/// <content>The chain as bytes, for the owner's store. Links are public among the participants; no key is in it.</content>
public sealed partial class ParticipantChain
{
    private const byte StateVersion = 1;

    /// <summary>Size of the state in bytes.</summary>
    public int StateSize
    {
        get
        {
            var size = 1 + FirstLink.Size + ChainHead.Size + sizeof(ushort); // version, first link, high water, number of links
            foreach (var node in _order)
            {
                if (node.Link is not null)
                    size += sizeof(ushort) + node.Link.Bytes.Length;
            }

            return size;
        }
    }

    /// <summary>Writes version (1) ‖ first link ‖ high water (36) ‖ number of links (2) ‖ length (2) and bytes of each, in order of arrival.</summary>
    public void WriteState(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(StateVersion);
        writer.WriteFixed(First.Bytes);
        HighWater.Write(writer.Take(ChainHead.Size));
        writer.WriteUInt16(checked((ushort)(_order.Count - 1)));
        foreach (var node in _order)
        {
            if (node.Link is not null)
                writer.WriteBytes16(node.Link.Bytes);
        }
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote; every link is verified again.</summary>
    public static ChainError TryReadState(ReadOnlySpan<byte> source, out ParticipantChain? chain)
    {
        chain = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version))
            return ChainError.Truncated;
        if (version != StateVersion)
            return ChainError.UnknownVersion;
        if (!reader.TryReadFixed(FirstLink.Size, out var first) || !reader.TryReadFixed(ChainHead.Size, out var headBytes)
            || !reader.TryReadUInt16(out var count))
        {
            return ChainError.Truncated;
        }

        var error = TryStart(first, out var read);
        if (error != ChainError.None || read is null)
            return error;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(Link.MaxSize, out var bytes))
                return ChainError.Truncated;
            error = Link.TryRead(bytes, out var link);
            if (error != ChainError.None || link is null)
                return error;
            error = read.TryAppend(link, out _);
            if (error != ChainError.None)
                return error;
        }

        if (!reader.IsAtEnd)
            return ChainError.TooLong;
        _ = ChainHead.TryRead(headBytes, out var highWater);
        _ = read.NoteHead(highWater);
        chain = read;
        return ChainError.None;
    }
}

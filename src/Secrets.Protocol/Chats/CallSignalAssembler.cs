namespace Secrets.Protocol.Chats;

/// <summary>Puts the parts of a signal together; one signal at a time, its parts in their order.</summary>
/// <remarks>Nothing of it is kept over a restart: an unfinished signal is of no use then. Spec: docs/protocol/calls.md §3.2.</remarks>
public sealed class CallSignalAssembler
{
    private byte[] _gathered = [];
    private int _length;
    private int _next;
    private int _count;

    /// <summary>Takes a part; the whole, if it was the last one of a signal.</summary>
    /// <param name="part">The part.</param>
    /// <param name="whole">The signal's bytes; empty while parts are missing.</param>
    /// <returns>PartMismatch for a part that doesn't continue the one before; what was gathered is dropped.</returns>
    public MessageError TryAdd(CallSignalMessage part, out ReadOnlyMemory<byte> whole)
    {
        ArgumentNullException.ThrowIfNull(part);
        whole = default;
        if (part.Index == 0)
        {
            _gathered = new byte[part.TotalLength];
            (_length, _next, _count) = (0, 0, part.Count);
        }
        else if (part.Index != _next || part.Count != _count || part.TotalLength != _gathered.Length)
        {
            Drop();
            return MessageError.PartMismatch;
        }

        part.Bytes.CopyTo(_gathered.AsSpan(_length));
        _length += part.Bytes.Length;
        _next++;
        if (_next < _count)
            return MessageError.None;
        whole = _gathered;
        Drop();
        return MessageError.None;
    }

    private void Drop()
    {
        _gathered = [];
        (_length, _next, _count) = (0, 0, 0);
    }
}

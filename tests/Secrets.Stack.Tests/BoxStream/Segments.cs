using System.Buffers;

namespace Secrets.Stack.Tests.BoxStream;

/// <summary>A sequence of two segments.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> Of(byte[] bytes, int first)
    {
        var head = new Segments { Memory = bytes.AsMemory(0, first) };
        var tail = new Segments { Memory = bytes.AsMemory(first), RunningIndex = first };
        head.Next = tail;
        return new ReadOnlySequence<byte>(head, 0, tail, tail.Memory.Length);
    }
}

namespace Secrets.Stack;

/// <summary>A received item. Its bytes are borrowed from a pool: dispose it when they are no longer needed.</summary>
/// <remarks>Owned by whoever took it from the stream. Disposing wipes the bytes and gives the memory back; what isn't disposed is left to the collector.</remarks>
public sealed class RpcItem : IDisposable
{
    private byte[]? _buffer;

    internal RpcItem(RpcKind kind, byte[] buffer, int length)
    {
        Kind = kind;
        _buffer = buffer;
        Length = length;
    }

    /// <summary>What the body is.</summary>
    public RpcKind Kind { get; }

    /// <summary>Length of the body in bytes.</summary>
    public int Length { get; }

    /// <summary>The body as it was on the wire. Valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The item was given back.</exception>
    public ReadOnlyMemory<byte> Body => new(_buffer ?? throw new ObjectDisposedException(nameof(RpcItem)), 0, Length);

    /// <summary>The body decoded and copied: valid after disposal too.</summary>
    /// <exception cref="StackException">It is not the JSON or text that it says it is.</exception>
    public RpcValue ToValue() => PacketBody.TryRead(Kind, Body.Span, out var value, out var error) ? value : throw new StackException(error);

    /// <summary>Wipes the bytes and gives the memory back.</summary>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
            ItemMemory.Return(buffer, Length);
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RpcItem);
}

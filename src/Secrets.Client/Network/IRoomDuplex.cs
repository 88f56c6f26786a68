namespace Secrets.Client.Network;

/// <summary>Binary items both ways.</summary>
public interface IRoomDuplex : IAsyncDisposable
{
    /// <summary>The next item; null after the last one, or when the connection is gone. The bytes are not checked yet.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sends an item; ends when the connection has taken it.</summary>
    /// <exception cref="RelayException">The connection ended.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken);
}

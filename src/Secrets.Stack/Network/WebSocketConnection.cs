using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Secrets.Stack;

/// <summary>An open WebSocket as a pair of pipes: binary frames, whose bounds mean nothing.</summary>
/// <remarks>A text frame is refused. Spec: docs/protocol/stack.md §4.6.</remarks>
internal sealed class WebSocketConnection : IDuplexConnection
{
    private readonly WebSocket _socket;

    public WebSocketConnection(WebSocket socket, string remoteAddress)
    {
        _socket = socket;
        RemoteAddress = remoteAddress;
        Input = PipeReader.Create(new ReadStream(socket), PipeStreamOptions.Read);
        Output = PipeWriter.Create(new WriteStream(socket), PipeStreamOptions.Write);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public string RemoteAddress { get; }

    public async ValueTask DisposeAsync()
    {
        await this.CompleteOutputAsync().ConfigureAwait(false);
        await this.CompleteInputAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private sealed class ReadStream(WebSocket socket) : TransportStream(isReader: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                while (true)
                {
                    var result = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                    if (result.MessageType == WebSocketMessageType.Text)
                        throw new StackException(StackError.TextFrame);
                    // an empty frame is no end
                    if (result.MessageType == WebSocketMessageType.Close || result.Count > 0 || buffer.IsEmpty)
                        return result.Count;
                }
            }
            catch (WebSocketException exception)
            {
                throw new IOException(message: null, exception);
            }
        }
    }

    private sealed class WriteStream(WebSocket socket) : TransportStream(isReader: false)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            }
            catch (WebSocketException exception)
            {
                throw new IOException(message: null, exception);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None).ConfigureAwait(false);
            }
            catch (WebSocketException)
            {
                // the other side is gone
            }

            await base.DisposeAsync().ConfigureAwait(false);
        }
    }
}

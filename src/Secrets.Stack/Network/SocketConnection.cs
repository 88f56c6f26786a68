using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <summary>A connected socket, TCP or Unix, as a pair of pipes.</summary>
/// <remarks>
/// Small packets go out at once (no Nagle). Peers that write a packet in pieces and don't do so themselves would wait 40 ms for
/// each of our delayed acknowledgements; on Linux these are asked for at once after each small piece, until the peer is known not to. Spec: docs/protocol/stack.md §8.
/// </remarks>
[UnsupportedOSPlatform("browser")]
internal sealed class SocketConnection : IDuplexConnection, ITunableConnection
{
    private readonly Socket _socket;
    private readonly ReadStream _reading;
    private readonly bool _canAcknowledge;

    public SocketConnection(Socket socket, string? remoteAddress = null)
    {
        _socket = socket;
        socket.Blocking = false;
        var isTcp = socket.ProtocolType == ProtocolType.Tcp;
        if (isTcp)
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        }

        _reading = new ReadStream(socket);
        _canAcknowledge = isTcp && OperatingSystem.IsLinux();
        Input = PipeReader.Create(_reading, PipeStreamOptions.Read);
        Output = PipeWriter.Create(new WriteStream(socket), PipeStreamOptions.Write);
        RemoteAddress = remoteAddress ?? Describe(socket.RemoteEndPoint);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public string RemoteAddress { get; }

    public bool AcknowledgesAtOnce
    {
        get => _reading.AcknowledgesAtOnce;
        set
        {
            _reading.AcknowledgesAtOnce = value && _canAcknowledge;
            try
            {
                if (_reading.AcknowledgesAtOnce)
                    _reading.Acknowledge();
            }
            catch (SocketException)
            {
                // the other side is gone, as reading will tell
            }
        }
    }

    public bool WaitsBriefly
    {
        get => _reading.WaitsBriefly;
        set => _reading.WaitsBriefly = value;
    }

    public async ValueTask DisposeAsync()
    {
        await this.CompleteOutputAsync().ConfigureAwait(false);
        await this.CompleteInputAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private static string Describe(EndPoint? endpoint)
    {
        if (endpoint is not IPEndPoint { Address: var address, Port: var port })
            return "";
        var host = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return string.Create(CultureInfo.InvariantCulture, $"net:{host}:{port}");
    }

    private sealed class ReadStream(Socket socket) : TransportStream(isReader: true)
    {
        private const int LevelTcp = 6;
        private const int QuickAck = 12;

        // a read that brought more than this is no piece of a packet that somebody waits to complete
        private const int SmallRead = 2048;

        private readonly BriefWait _wait = new();
        private volatile bool _acknowledgesAtOnce;

        /// <summary>Set between reads alone.</summary>
        public bool WaitsBriefly { get; set; }

        public bool AcknowledgesAtOnce
        {
            get => _acknowledgesAtOnce;
            set => _acknowledgesAtOnce = value;
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                if (buffer.IsEmpty)
                {
                    await WaitForBytesAsync(cancellationToken).ConfigureAwait(false);
                    return 0;
                }

                var count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                if (AcknowledgesAtOnce && count is > 0 and < SmallRead)
                    Acknowledge();
                return count;
            }
            catch (SocketException exception)
            {
                throw new IOException(message: null, exception);
            }
        }

        public void Acknowledge() => socket.SetRawSocketOption(LevelTcp, QuickAck, [1, 0, 0, 0]);

        /// <summary>An empty receive may end before there is anything; the next one would then hold a large buffer for as long as the connection is idle.</summary>
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private async ValueTask WaitForBytesAsync(CancellationToken cancellationToken)
        {
            if (!WaitsBriefly || !_wait.Begin(static socket => socket.Available > 0, socket))
            {
                do
                {
                    _ = await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                }
                while (socket.Available == 0 && !socket.Poll(TimeSpan.Zero, SelectMode.SelectRead));
            }

            _wait.End();
        }
    }

    private sealed class WriteStream(Socket socket) : TransportStream(isReader: false)
    {
        // set from a write's beginning to its good end
        private bool _isCut;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // what was written in part is not gone on with: completing would send it again, and wait for a reader that there is none of
            if (_isCut)
                throw new IOException();
            _isCut = true;
            try
            {
                // at once if there is room, as mostly; a socket remembers the memory of its last asynchronous send for as long as it is idle
                while (!buffer.IsEmpty)
                {
                    var count = socket.Send(buffer.Span, SocketFlags.None, out var error);
                    if (error == SocketError.WouldBlock)
                        count = await socket.SendAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                    else if (error != SocketError.Success)
                        throw new SocketException((int)error);
                    buffer = buffer[count..];
                }

                _isCut = false;
            }
            catch (SocketException exception)
            {
                throw new IOException(message: null, exception);
            }
        }

        protected override void Dispose(bool disposing)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // the other side was faster
            }
            catch (ObjectDisposedException)
            {
                // and so were we
            }

            base.Dispose(disposing);
        }
    }
}

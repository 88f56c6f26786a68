using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Text;

namespace Secrets.Stack;

/// <summary>Asks a SOCKS5 proxy for a connection to a name, which the proxy resolves.</summary>
/// <remarks>RFC 1928, RFC 1929. Tor keeps connections with different user names on different circuits.</remarks>
[UnsupportedOSPlatform("browser")]
internal static class SocksRequest
{
    private const byte Version = 5;
    private const byte NoAuthentication = 0;
    private const byte UserAndPassword = 2;
    private const byte Connect = 1;
    private const byte Name = 3;
    private const int MaxText = 255;

    /// <summary>Ends when the proxy has the connection.</summary>
    /// <exception cref="StackException">The proxy refuses, can't reach it, or isn't one.</exception>
    public static async Task SendAsync(Stream proxy, string host, int port, string isolation, CancellationToken cancellationToken)
    {
        var method = isolation.Length == 0 ? NoAuthentication : UserAndPassword;
        await proxy.WriteAsync(new byte[] { Version, 1, method }, cancellationToken).ConfigureAwait(false);
        var choice = await ReadAsync(proxy, 2, cancellationToken).ConfigureAwait(false);
        Check(choice[0] == Version && choice[1] == method);
        if (method == UserAndPassword)
        {
            await proxy.WriteAsync((byte[])[1, .. Text(isolation), .. Text(isolation)], cancellationToken).ConfigureAwait(false);
            var status = await ReadAsync(proxy, 2, cancellationToken).ConfigureAwait(false);
            Check(status[1] == 0);
        }

        byte[] request = [Version, Connect, 0, Name, .. Text(host), 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(request.Length - sizeof(ushort)), (ushort)port);
        await proxy.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await ReadAsync(proxy, 5, cancellationToken).ConfigureAwait(false);
        Check(answer[0] == Version && answer[1] == 0);
        // the address that the proxy uses, of no use to us: 4 bytes, 16, or a length and a name
        var rest = answer[3] switch { 1 => 4, 4 => 16, Name => 1 + answer[4], _ => throw new StackException(StackError.Unreachable) };
        _ = await ReadAsync(proxy, rest - 1 + sizeof(ushort), cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MaxText)
            throw new ArgumentException("Longer than SOCKS can say.", nameof(text));
        return [(byte)bytes.Length, .. bytes];
    }

    private static async Task<byte[]> ReadAsync(Stream proxy, int size, CancellationToken cancellationToken)
    {
        var bytes = new byte[size];
        Check(await proxy.ReadAtLeastAsync(bytes, size, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == size);
        return bytes;
    }

    private static void Check(bool isRight)
    {
        if (!isRight)
            throw new StackException(StackError.Unreachable);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>Runs a handshake over a connection, within one deadline for the whole of it.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.1, §4.2.</remarks>
internal static class ShsHandshake
{
    /// <summary>The dialling side.</summary>
    /// <exception cref="StackException">The handshake failed.</exception>
    public static async Task<ShsSession> ConnectAsync(IDuplexPipe connection, StackOptions options, StackKeys keys, Ed25519PublicKey server, CancellationToken cancellationToken)
    {
        using var shs = Prepare(options, keys, server, agreement: null);
        return await ConnectAsync(connection, options, shs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The dialling side, with what <see cref="Prepare"/> made.</summary>
    /// <exception cref="StackException">The handshake failed.</exception>
    public static Task<ShsSession> ConnectAsync(IDuplexPipe connection, StackOptions options, ShsClient shs, CancellationToken cancellationToken) =>
        WithDeadlineAsync(options, token => ConnectCoreAsync(connection, shs, token), cancellationToken);

    /// <summary>The dialling side's part that needs no connection.</summary>
    /// <param name="options">The stack's.</param>
    /// <param name="keys">The client's.</param>
    /// <param name="server">The key that the server must have.</param>
    /// <param name="agreement">The same converted for agreements, if it was before.</param>
    public static ShsClient Prepare(StackOptions options, StackKeys keys, Ed25519PublicKey server, X25519PublicKey? agreement)
    {
        var shs = new ShsClient(options.AppKey, keys, server, X25519PrivateKey.Generate(options.RandomSource));
        // a key with which there is no agreement is refused when message 2 is in
        _ = shs.AgreeWithServer(agreement);
        return shs;
    }

    /// <summary>The accepting side; the permissions are what <paramref name="authorize"/> gave.</summary>
    /// <exception cref="StackException">The handshake failed, or the client isn't wanted.</exception>
    public static Task<(ShsSession Session, StackPermissions Permissions)> AcceptAsync(
        IDuplexPipe connection, StackOptions options, StackKeys keys, Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>> authorize, CancellationToken cancellationToken) =>
        WithDeadlineAsync(options, token => AcceptCoreAsync(connection, options, keys, authorize, token), cancellationToken);

    private static async Task<T> WithDeadlineAsync<T>(StackOptions options, Func<CancellationToken, Task<T>> handshake, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await handshake(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StackException(StackError.HandshakeTimeout);
        }
        catch (IOException exception)
        {
            throw new StackException(StackError.HandshakeClosed, exception);
        }
    }

    private static async Task<ShsSession> ConnectCoreAsync(IDuplexPipe connection, ShsClient shs, CancellationToken cancellationToken)
    {
        await WriteAsync(connection.Output, ShsMessages.ChallengeSize, shs.WriteChallenge, cancellationToken).ConfigureAwait(false);
        Check(await ReadAsync(connection.Input, ShsMessages.ChallengeSize, StackError.HandshakeClosed, shs.AcceptChallenge, cancellationToken).ConfigureAwait(false));
        await WriteAsync(connection.Output, ShsMessages.HelloSize, shs.WriteHello, cancellationToken).ConfigureAwait(false);
        Check(shs.AgreeAsClient());
        ShsSession? session = null;
        Check(await ReadAsync(
            connection.Input, ShsMessages.AcceptSize, StackError.HelloRefused, accept => shs.AcceptAccept(accept, out session), cancellationToken).ConfigureAwait(false));
        return session!;
    }

    private static async Task<(ShsSession Session, StackPermissions Permissions)> AcceptCoreAsync(
        IDuplexPipe connection, StackOptions options, StackKeys keys, Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>> authorize, CancellationToken cancellationToken)
    {
        using var shs = new ShsServer(options.AppKey, keys, X25519PrivateKey.Generate(options.RandomSource));
        var challenge = new byte[ShsMessages.ChallengeSize];
        Check(await ReadAsync(
            connection.Input,
            ShsMessages.ChallengeSize,
            StackError.HandshakeClosed,
            message =>
            {
                message.CopyTo(challenge);
                return shs.CheckChallenge(message);
            },
            cancellationToken).ConfigureAwait(false));
        await WriteAsync(connection.Output, ShsMessages.ChallengeSize, shs.WriteChallenge, cancellationToken).ConfigureAwait(false);
        Check(shs.AcceptChallenge(challenge));
        Check(await ReadAsync(connection.Input, ShsMessages.HelloSize, StackError.HandshakeClosed, shs.AcceptHello, cancellationToken).ConfigureAwait(false));
        var permissions = await AuthorizeAsync(authorize, shs.Client, cancellationToken).ConfigureAwait(false);
        if (permissions is null)
            throw new StackException(StackError.NotWanted);
        ShsSession? session = null;
        try
        {
            await WriteAsync(connection.Output, ShsMessages.AcceptSize, accept => session = shs.WriteAccept(accept), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            session?.Dispose();
            throw;
        }

        return (session!, permissions);
    }

    /// <summary>A host's own code decides; if it fails, the answer is no.</summary>
    private static async Task<StackPermissions?> AuthorizeAsync(
        Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>> authorize, Ed25519PublicKey client, CancellationToken cancellationToken)
    {
        try
        {
            // also one that doesn't look at its token holds no place
            return await authorize(client, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // closed by default
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    private static async Task WriteAsync(PipeWriter output, int size, WriteMessage write, CancellationToken cancellationToken)
    {
        write(output.GetSpan(size)[..size]);
        output.Advance(size);
        _ = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<StackError> ReadAsync(PipeReader input, int size, StackError ifEnded, AcceptMessage accept, CancellationToken cancellationToken)
    {
        ReadResult result;
        try
        {
            result = await input.ReadAtLeastAsync(size, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            // a reset is an end too: at which message it came says what it means
            throw new StackException(ifEnded, exception);
        }
        if (result.Buffer.Length < size)
        {
            input.AdvanceTo(result.Buffer.End);
            return ifEnded;
        }

        var message = result.Buffer.Slice(0, size);
        var error = Accept(message, size, accept);
        input.AdvanceTo(message.End);
        return error;
    }

    private static StackError Accept(ReadOnlySequence<byte> message, int size, AcceptMessage accept)
    {
        Span<byte> bytes = stackalloc byte[size];
        message.CopyTo(bytes);
        return accept(bytes);
    }

    private static void Check(StackError error)
    {
        if (error != StackError.None)
            throw new StackException(error);
    }

    private delegate void WriteMessage(Span<byte> message);

    private delegate StackError AcceptMessage(ReadOnlySpan<byte> message);
}

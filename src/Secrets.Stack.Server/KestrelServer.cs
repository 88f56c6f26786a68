using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Secrets.Stack.Server;

/// <summary>Listens at <c>ws://</c> addresses with a Kestrel of its own. A host that has one already uses <see cref="StackEndpointExtensions.MapStack"/>.</summary>
public sealed class KestrelServer : IStackServer
{
    private const int MaxRequests = 1_024;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public bool CanListen(StackEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Transport == StackTransport.WebSocket;
    }

    /// <inheritdoc/>
    public async ValueTask<IStackListener> ListenAsync(StackEndpoint endpoint, Func<IDuplexConnection, Task> serve, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(serve);
        // nothing of the host's own settings: an address is listened at as it was given, and requests are nobody's business
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var addresses = await ResolveAsync(endpoint, cancellationToken).ConfigureAwait(false);
        builder.WebHost.UseKestrelCore().UseShutdownTimeout(StopTimeout).ConfigureKestrel(kestrel => Configure(kestrel, addresses, endpoint.Port));
        // the program that hosts a node hears its own signals
        _ = builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.UseWebSockets();
        var path = PathString.FromUriComponent(endpoint.Path);
        app.Run(context => IsAt(path, context.Request.Path) ? StackEndpointExtensions.ServeAsync(context, serve) : NotFoundAsync(context));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw Taken(exception);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Listener(app, new StackEndpoint(StackTransport.WebSocket, endpoint.Host, new Uri(address).Port, endpoint.Path));
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress[] addresses, int port)
    {
        kestrel.AddServerHeader = false;
        // before it is a WebSocket, a connection is counted and timed here, not by the node
        kestrel.Limits.MaxConcurrentConnections = MaxRequests;
        kestrel.Limits.RequestHeadersTimeout = RequestTimeout;
        kestrel.Limits.KeepAliveTimeout = RequestTimeout;
        kestrel.Limits.MaxRequestBodySize = 0;
        foreach (var address in addresses)
            kestrel.Listen(address, port);
    }

    /// <summary>An address as it is; of a name all that it stands for, or the first if the system is to choose the port.</summary>
    private static async ValueTask<IPAddress[]> ResolveAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(endpoint.Host, out var address))
            return [address];
        try
        {
            var found = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
            return found.Length == 0 ? throw Taken(failure: null) : endpoint.Port == 0 ? found[..1] : found;
        }
        catch (SocketException exception)
        {
            throw Taken(exception);
        }
    }

    private static IOException Taken(Exception? failure) => new("The address is taken, or not ours to use.", failure);

    private static bool IsAt(PathString path, PathString asked) => string.Equals(path.Value?.TrimEnd('/'), asked.Value?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Listener(WebApplication app, StackEndpoint endpoint) : IStackListener
    {
        public StackEndpoint Endpoint { get; } = endpoint;

        // takes no more connections, and waits for those that the node is closing
        public async ValueTask DisposeAsync()
        {
            await app.StopAsync().ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
        }
    }
}

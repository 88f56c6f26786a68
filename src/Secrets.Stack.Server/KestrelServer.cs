using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Secrets.Stack.Server;

/// <summary>Listens at <c>ws://</c> addresses with a Kestrel of its own. A host that has one already uses <see cref="StackEndpointExtensions.MapStack"/>.</summary>
public sealed class KestrelServer : IStackServer
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

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
        var builder = WebApplication.CreateSlimBuilder();
        // requests are nobody's business, and neither is which server this is
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls(new UriBuilder("http", endpoint.Host, endpoint.Port).ToString());
        builder.WebHost.UseShutdownTimeout(StopTimeout);
        var app = builder.Build();
        app.UseWebSockets();
        _ = app.MapGet(endpoint.Path, context => StackEndpointExtensions.ServeAsync(context, serve));
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Listener(app, new StackEndpoint(StackTransport.WebSocket, endpoint.Host, new Uri(address).Port, endpoint.Path));
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

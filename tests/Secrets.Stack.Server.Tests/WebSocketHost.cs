using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Secrets.Stack.Server.Tests;

/// <summary>A Kestrel on a free port of the loopback with one node at "/".</summary>
internal sealed class WebSocketHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSocketHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<WebSocketHost> StartAsync(StackNode node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.MapStack(node);
        await app.StartAsync();
        return new WebSocketHost(app);
    }

    public MultiserverAddress For(StackNode node) => new(node.PublicKey, new StackEndpoint(StackTransport.WebSocket, "127.0.0.1", Address.Port));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

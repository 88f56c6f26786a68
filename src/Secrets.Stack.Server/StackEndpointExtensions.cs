using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Secrets.Stack.Server;

/// <summary>Stack nodes behind Kestrel.</summary>
public static class StackEndpointExtensions
{
    /// <summary>Serves WebSocket connections at a path; needs <c>app.UseWebSockets()</c>. Other requests there get 426.</summary>
    /// <remarks>Compression stays off: with secrets and chosen text in one stream it leaks. Spec: docs/protocol/stack.md §4.6.</remarks>
    public static IEndpointConventionBuilder MapStack(this IEndpointRouteBuilder endpoints, StackNode node, string path = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(node);
        return endpoints.MapGet(path, (RequestDelegate)(context => ServeStackAsync(context, node)));
    }

    /// <summary>Serves one request as a connection of the node, for hosts that route by themselves.</summary>
    public static Task ServeStackAsync(HttpContext context, StackNode node)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(node);
        return ServeAsync(context, connection => node.AcceptAsync(connection, context.RequestAborted));
    }

    /// <summary>Serves one request as a connection.</summary>
    internal static async Task ServeAsync(HttpContext context, Func<IDuplexConnection, Task> serve)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        var connection = new WebSocketConnection(socket, Describe(context.Connection));
        await using (connection.ConfigureAwait(false))
            await serve(connection).ConfigureAwait(false);
    }

    private static string Describe(ConnectionInfo connection)
    {
        if (connection.RemoteIpAddress is not { } address)
            return "";
        var host = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return string.Create(CultureInfo.InvariantCulture, $"net:{host}:{connection.RemotePort}");
    }
}

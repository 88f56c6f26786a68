using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Secrets.Stack.Server;

/// <summary>Stack nodes behind Kestrel.</summary>
public static class StackEndpointExtensions
{
    /// <summary>Serves WebSocket connections at a path; needs <c>app.UseWebSockets()</c>. Other requests there get 426.</summary>
    public static IEndpointConventionBuilder MapStack(this IEndpointRouteBuilder endpoints, StackNode node, string path = "/") => throw new NotSupportedException();
}

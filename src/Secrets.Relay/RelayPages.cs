using System.Net;
using System.Text;
using System.Text.Json;

namespace Secrets.Relay;

/// <summary>The few pages that a relay answers over HTTP.</summary>
internal static class RelayPages
{
    /// <summary>Adds them.</summary>
    public static void MapRelayPages(this WebApplication app, RelayCore core, RelayOptions options, Func<string, string> addressFor)
    {
        _ = app.MapGet("/relay.json", context =>
        {
            // a web app of another host may take the address; the other pages are nobody else's business
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return WriteAsync(context, "application/json", Describe(core, addressFor(context.Request.Host.Host)));
        });
        _ = app.MapGet("/health", context => WriteAsync(context, "text/plain", Encoding.UTF8.GetBytes(core.HasRoom ? "ok\n" : "full\n")));
        _ = app.MapGet("/metrics", context => MetricsAsync(context, core, options.Metrics));
    }

    private static Task MetricsAsync(HttpContext context, RelayCore core, MetricsAccess access)
    {
        var isLocal = context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && !context.Request.Headers.ContainsKey("X-Forwarded-For");
        if (access is MetricsAccess.All || (access is MetricsAccess.Loopback && isLocal))
            return WriteAsync(context, "text/plain; version=0.0.4", Encoding.UTF8.GetBytes(core.FormatMetrics()));
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[] Describe(RelayCore core, string address)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("address", address);
            writer.WriteString("id", Convert.ToHexStringLower(core.Id.Bytes));
            writer.WriteString("manifest", Convert.ToBase64String(core.Manifest.Encoded));
            writer.WriteBoolean("closed", core.Manifest.Terms.IsClosed);
            writer.WriteNumber("days", core.Manifest.Terms.LimitDays);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, string type, byte[] body)
    {
        var headers = context.Response.Headers;
        headers.ContentType = type;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}

namespace Secrets.Relay.Web;

/// <summary>The headers of every answer beside the web app: what a page of this host may do, and that nobody else may use it.</summary>
/// <remarks>
/// Constant strings, no nonces: a page's policy can be compared character for character with a published one.
/// <c>Referrer-Policy</c> and no third party keep addresses from leaking; COOP, COEP and CORP keep other pages' processes away.
/// </remarks>
internal static class WebHeaders
{
    /// <summary>The policy on every host but the own machine.</summary>
    public const string Policy = BeforeConnect + "'self' wss:" + AfterConnect;

    /// <summary>The policy on the own machine, where a relay may be another port without TLS.</summary>
    public const string LocalPolicy = BeforeConnect + "'self' wss: ws://127.0.0.1:* ws://localhost:*" + AfterConnect;

    /// <summary>Scripts without integrity don't run in a page. Not for workers: what they import has no place for it.</summary>
    public const string IntegrityPolicy = "blocked-destinations=(script), sources=(inline)";

    private const string BeforeConnect = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src ";

    private const string AfterConnect = "; worker-src 'self'; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types secrets";

    private const string Permissions =
        "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(self), clipboard-read=(), clipboard-write=(self), display-capture=(self), encrypted-media=(), fullscreen=(self), "
        + "geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(self), midi=(), payment=(), picture-in-picture=(self), "
        + "publickey-credentials-get=(self), screen-wake-lock=(self), serial=(), usb=(), window-management=(), xr-spatial-tracking=()";

    /// <summary>Sets them.</summary>
    public static void Set(HttpContext context, bool hasTls)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = IsLocal(context.Request.Host.Host) ? LocalPolicy : Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Origin-Agent-Cluster"] = "?1";
        headers["Permissions-Policy"] = Permissions;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["X-DNS-Prefetch-Control"] = "off";
        if (hasTls)
            headers.StrictTransportSecurity = "max-age=63072000";
    }

    private static bool IsLocal(string host) => host is "127.0.0.1" or "localhost";
}

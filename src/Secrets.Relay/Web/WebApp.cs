using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Secrets.Relay.Web;

/// <summary>The web app as static files: exactly those that its build lists, each compressed ahead of time.</summary>
/// <remarks>Requests are looked up in a table made at the start, so no path of a request ever reaches the disk.</remarks>
internal sealed class WebApp
{
    private const string BuildList = "build.json";
    private const string StartPage = "index.html";
    private const string Lasting = "public, max-age=31536000, immutable";
    private const string AskEachTime = "no-cache";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Dictionary<string, WebFile> _files;
    private readonly bool _hasTls;

    private WebApp(Dictionary<string, WebFile> files, bool hasTls)
    {
        _files = files;
        _hasTls = hasTls;
    }

    /// <summary>Reads the list of a built app.</summary>
    /// <exception cref="RelayException">There is none in the folder, or a file of it is missing.</exception>
    public static WebApp Load(string folder, bool hasTls)
    {
        try
        {
            using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, BuildList)));
            var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
            foreach (var entry in list.RootElement.GetProperty("files").EnumerateObject())
                files.Add("/" + entry.Name, Describe(folder, entry.Name, entry.Value.GetString()!));
            files.Add("/" + BuildList, Describe(folder, BuildList, list.RootElement.GetProperty("hash").GetString()!));
            // the signature of the list comes after the build, and only where the host signs
            if (File.Exists(Path.Combine(folder, BuildList + ".sig")))
                files.Add("/" + BuildList + ".sig", Describe(folder, BuildList + ".sig", list.RootElement.GetProperty("hash").GetString()!));
            files.Add("/", files["/" + StartPage]);
            return new WebApp(files, hasTls);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new RelayException(RelayErrorCode.BadOption, "web: there is no built web app in that folder");
        }
    }

    /// <summary>Answers what is a file of the app; sets the headers of whatever else is answered.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        WebHeaders.Set(context, _hasTls);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if ((!isHead && !HttpMethods.IsGet(context.Request.Method)) || !_files.TryGetValue(context.Request.Path.Value ?? "", out var file))
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = file.IsLasting ? Lasting : AskEachTime;
        headers.ETag = file.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (file.IsPage)
            headers["Integrity-Policy"] = WebHeaders.IntegrityPolicy;
        if (context.Request.Headers.IfNoneMatch.Contains(file.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var (path, encoding) = Choose(file, context.Request.Headers.AcceptEncoding.ToString());
        headers.ContentType = file.Type;
        if (encoding.Length > 0)
            headers.ContentEncoding = encoding;
        context.Response.ContentLength = new FileInfo(path).Length;
        if (!isHead)
            await context.Response.SendFileAsync(path, context.RequestAborted).ConfigureAwait(false);
    }

    private static (string Path, string Encoding) Choose(WebFile file, string accepted)
    {
        // q=0 is nothing that a browser sends; names alone decide
        if (file.HasBrotli && accepted.Contains("br", StringComparison.Ordinal))
            return (file.Path + ".br", "br");
        return file.HasGzip && accepted.Contains("gzip", StringComparison.Ordinal) ? (file.Path + ".gz", "gzip") : (file.Path, "");
    }

    private static WebFile Describe(string folder, string name, string hash)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FileNotFoundException();
        var extension = Path.GetExtension(name);
        return new WebFile(
            path,
            Types.GetValueOrDefault(extension, "application/octet-stream"),
            $"\"{hash}\"",
            IsLasting: name.StartsWith("assets/", StringComparison.Ordinal) || name.StartsWith("core-", StringComparison.Ordinal),
            IsPage: extension == ".html",
            HasBrotli: File.Exists(path + ".br"),
            HasGzip: File.Exists(path + ".gz"));
    }
}

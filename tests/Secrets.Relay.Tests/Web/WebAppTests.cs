using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using Secrets.Relay.Tests.Support;

namespace Secrets.Relay.Tests.Web;

public sealed class WebAppTests : IDisposable
{
    private const string Page = "<!doctype html><title>Secrets</title>";
    private const string Script = "export {};";

    private readonly TemporaryFolder _folder = new();

    public WebAppTests()
    {
        Put("index.html", Page);
        Put("assets/app-1234.js", Script);
        Put("not-listed.txt", "nobody's business");
        using (var file = File.Create(Path.Combine(_folder.Path, "assets/app-1234.js.br")))
        using (var brotli = new BrotliStream(file, CompressionLevel.SmallestSize))
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(Script));
        Put("build.json", """{"version": "1", "hash": "abcd", "files": {"index.html": "aa", "assets/app-1234.js": "bb"}}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_and_what_it_loads_come_with_their_types_and_may_be_kept_as_long_as_their_names_hold()
    {
        await using var relay = await StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };

        using var page = await http.GetAsync("/");
        using var script = await http.GetAsync("/assets/app-1234.js");
        using var build = await http.GetAsync("/build.json");

        Assert.Equal(Page, await page.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", script.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HttpStatusCode.OK, build.StatusCode);
    }

    [Theory]
    [InlineData("/not-listed.txt")]
    [InlineData("/assets/")]
    [InlineData("/../build.json.sig")]
    [InlineData("/assets/..%2f..%2fetc/passwd")]
    [InlineData("/index.html.br")]
    public async Task What_the_build_does_not_list_is_not_there(string path)
    {
        await using var relay = await StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_has_one_policy_and_no_answer_names_a_third_party()
    {
        await using var relay = await StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };
        var policies = new HashSet<string>();

        foreach (var path in (string[])["/", "/assets/app-1234.js", "/build.json", "/relay.json", "/health", "/nothing"])
        {
            using var answer = await http.GetAsync(path);
            _ = policies.Add(answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.Equal("require-corp", answer.Headers.GetValues("Cross-Origin-Embedder-Policy").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(answer.Headers.Contains("Link"));
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        var policy = Assert.Single(policies);
        Assert.StartsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relays_without_tls_may_be_reached_from_a_page_of_the_own_machine_alone()
    {
        await using var relay = await StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/");
        elsewhere.Headers.Host = "chat.example";

        using var local = await http.GetAsync("/");
        using var remote = await http.SendAsync(elsewhere);

        Assert.Contains("connect-src 'self' wss: ws://127.0.0.1:* ws://localhost:*;", local.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' wss:;", remote.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_compressed_is_sent_so_to_whoever_takes_it_and_unchanged_files_are_not_sent_again()
    {
        await using var relay = await StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/assets/app-1234.js");
        asked.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.ParseAdd("\"aa\"");

        using var compressed = await http.SendAsync(asked);
        using var unchanged = await http.SendAsync(again);

        Assert.Equal(["br"], compressed.Content.Headers.ContentEncoding);
        await using var opened = new BrotliStream(await compressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal(Script, await new StreamReader(opened).ReadToEndAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_relay_beside_the_app_is_still_reached_by_websocket()
    {
        await using var relay = await StartAsync();
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new UriBuilder(relay.Http) { Scheme = "ws" }.Uri, CancellationToken.None);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task A_folder_without_a_built_app_is_refused_at_the_start()
    {
        File.Delete(Path.Combine(_folder.Path, "index.html"));

        var refusal = await Assert.ThrowsAsync<RelayException>(StartAsync);

        Assert.Equal(RelayErrorCode.BadOption, refusal.Code);
    }

    private Task<TestRelay> StartAsync() => TestRelay.StartAsync(options => options with { WebFolder = _folder.Path });

    private void Put(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

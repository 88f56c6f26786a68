using System.Text.Json;
using Secrets.Web.Tests.Support;

namespace Secrets.Web.Tests;

/// <summary>What a browser asks of the network while somebody uses the app, by the browser's own account.</summary>
public sealed class HostTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task A_whole_session_asks_nobody_but_the_pages_own_host() => World.PlayAsync(browser, async world =>
    {
        var log = world["network.json"];
        string secret;
        await using (var recorded = await browser.LaunchWholeAsync($"--log-net-log={log}", "--net-log-capture-mode=Everything"))
        {
            var alice = await world.PersonAsync("Alice", await recorded.NewContextAsync(new() { Locale = "en-GB" }));
            await alice.VisitAsync();
            await alice.CreateAsync();
            var link = await alice.MakeChatAsync("Bob");
            secret = link.Split('#')[1];
            var bob = await world.PersonAsync("Bob", await recorded.NewContextAsync(new() { Locale = "en-GB" }));
            await bob.VisitAsync(link);
            await bob.CreateAsync();
            await bob.JoinAsync("Alice");
            await bob.WriteAsync("See https://elsewhere.example/picture.png");
            await alice.HearsAsync("elsewhere.example");
            await alice.WorksOfflineAsync();
            await alice.PickAsync("about");
            await alice.Page.Locator(".facts").WaitForAsync();
        }

        using var events = JsonDocument.Parse(await File.ReadAllBytesAsync(log));
        // Chromium asks its makers for updates by itself; what a page or a worker began bears the page's origin
        var own = new Uri(world.Address);
        var asked = events.RootElement.GetProperty("events").EnumerateArray()
            .Where(entry => entry.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("url", out _))
            .Select(entry => entry.GetProperty("params"))
            .Select(request => (Url: request.GetProperty("url").GetString()!, Initiator: request.TryGetProperty("initiator", out var initiator) ? initiator.GetString()! : ""))
            .Distinct().ToList();
        var ofPages = asked.Where(request => request.Initiator == own.GetLeftPart(UriPartial.Authority)).Select(request => request.Url).ToList();
        Assert.Contains(ofPages, url => url.StartsWith("ws://" + own.Authority, StringComparison.Ordinal));
        Assert.Contains(ofPages, url => url.EndsWith("/relay.json", StringComparison.Ordinal));
        Assert.DoesNotContain(ofPages, url => new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss" } uri && uri.Authority != own.Authority);
        // what stands behind # is in the browser's own log and in no request
        Assert.DoesNotContain(asked, request => request.Url.Split('#')[0].Contains(secret, StringComparison.Ordinal));
    });

    [Fact]
    public Task The_page_speaks_the_language_of_the_browser() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Phone, options => options.Locale = "de-DE");
        await alice.VisitAsync();
        await alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Identität anlegen" }).First.WaitForAsync();
    });
}

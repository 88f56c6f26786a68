using Microsoft.Playwright;

namespace Secrets.Web.Tests.Support;

/// <summary>The one Chromium of these tests. Each person has a context of their own in it: other storage, other caches.</summary>
/// <remarks>The shell without windows does the same work with less of the processor; what only a whole Chromium has (notifications, a profile's settings) gets one.</remarks>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>How long anything may take on a machine with other work to do.</summary>
    public const int Patience = 60_000;

    private static readonly string[] Switches = ["--no-sandbox", "--disable-gpu", "--disable-quic"];

    // pages of tests are closed before what V8 optimises in the background pays
    private static readonly string[] ShellSwitches = [.. Switches, "--js-flags=--liftoff-only"];

    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-web-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    internal IBrowser Chromium => _chromium!;

    /// <summary>The built app, but that passwords cost nearly nothing.</summary>
    internal string CheapWeb => Path.Combine(_folder, "web");

    public async ValueTask InitializeAsync()
    {
        Tree.MustHaveWeb();
        await OtherBuild.MakeCheapAsync(Tree.Web, CheapWeb);
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _chromium = await LaunchAsync();
    }

    /// <summary>Another, with switches of its own.</summary>
    internal Task<IBrowser> LaunchAsync(params string[] switches) => LaunchAsync(Shell, [.. ShellSwitches, .. switches]);

    /// <summary>Another, whole Chromium, with switches of its own.</summary>
    internal Task<IBrowser> LaunchWholeAsync(params string[] switches) => LaunchAsync(Program, [.. Switches, .. switches]);

    /// <summary>Another, whole Chromium with a profile folder, as a person has set it up.</summary>
    internal Task<IBrowserContext> LaunchProfileAsync(string folder) =>
        _playwright!.Chromium.LaunchPersistentContextAsync(folder, new() { ExecutablePath = Program, Args = Switches, Locale = "en-GB" });

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<IBrowser> LaunchAsync(string program, string[] switches) =>
        _playwright!.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = switches });

    private static string Shell => Environment.GetEnvironmentVariable("SECRETS_CHROMIUM_SHELL") ?? "/usr/bin/chromium-headless-shell";

    private static string Program => Environment.GetEnvironmentVariable("SECRETS_CHROMIUM") ?? "/usr/bin/chromium";
}

using System.Text.Json;
using Microsoft.Playwright;

namespace Secrets.Web.Tests.Support;

/// <summary>Looks at each screen that a person passes: a picture, in the long run in both themes; nothing wider than the screen, no fault that axe finds.</summary>
internal sealed class Gallery(Screen screen)
{
    private static readonly string Axe = File.ReadAllText(Tree.Axe);

    private static readonly ColorScheme[] Themes = Screen.IsLong ? [ColorScheme.Light, ColorScheme.Dark] : [ColorScheme.Light];

    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Looks at one screen, which must have no fault.</summary>
    public static async Task LookAsync(Person person, string name)
    {
        var gallery = new Gallery(Screen.Of(person.Page.ViewportSize!.Width));
        await gallery.HangAsync(person, name);
        Assert.Empty(gallery.Faults);
    }

    /// <summary>One picture more of what was looked at before in another size or language: whether it fits.</summary>
    public async Task HangAgainAsync(Person person, string name)
    {
        _ = await person.Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Screens, $"{name}-{screen.Width}-light.png") });
        await FindTooWideAsync(person, name);
    }

    public async Task HangAsync(Person person, string name)
    {
        foreach (var theme in Themes)
        {
            await person.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            var title = $"{name}-{screen.Width}-{(theme == ColorScheme.Light ? "light" : "dark")}";
            _ = await person.Page.ScreenshotAsync(new() { Path = Path.Combine(Tree.Screens, title + ".png") });
            // colours are the same at every width, and nothing but colours changes with the theme
            if (theme == ColorScheme.Dark && screen != Screen.Phone)
                continue;
            var only = theme == ColorScheme.Dark ? ", runOnly: ['color-contrast']" : "";
            // through the debugger, which the page's policy does not bind: the policy stays in force
            if (!await person.Page.EvaluateAsync<bool>("'axe' in window"))
                _ = await person.Page.EvaluateAsync(Axe);
            var found = await person.Page.EvaluateAsync<JsonElement>(
                $"async () => (await axe.run(document, {{ resultTypes: ['violations']{only} }})).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')).join(' | '))");
            foreach (var violation in found.EnumerateArray())
                _faults.Add($"{title}: {violation.GetString()}");
        }
        await FindTooWideAsync(person, name);
        await person.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task FindTooWideAsync(Person person, string name)
    {
        var tooWide = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        if (tooWide > 0)
            _faults.Add($"{name}-{screen.Width}: {tooWide} px too wide");
    }
}

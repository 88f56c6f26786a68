using Microsoft.Playwright;
using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Secrets.Web.Tests.Support.Catalogue;

namespace Secrets.Web.Tests;

/// <summary>Rooms, from the first word of the code to the end.</summary>
public sealed class RoomTests(Browser browser)
{
    private const string Hostile = "<img src=x onerror=window.ran=1>";

    private const string Marked = """
        Hello **Alice**, *well*: `let x`
        > a quote
        - [one](https://noodles.example/menu)
        - [two](javascript:window.ran=1) ![three](https://evil.example/x.png) <b onclick=window.ran=1>four</b>
        """;

    [Theory]
    [MemberData(nameof(Screen.Walked), MemberType = typeof(Screen))]
    public Task A_room_is_opened_entered_talked_in_and_ended(int width) => World.PlayAsync(browser, async world =>
    {
        var screen = Screen.Of(width);
        var gallery = new Gallery(screen);
        var alice = await world.PersonAsync("Alice", screen);
        await alice.VisitAsync();
        await alice.PressAsync("open-room");
        await Expect(alice.Field("room-name")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^[A-Z][a-z]+ [A-Z][a-z]+$"));
        await gallery.HangAsync(alice, "room-open");
        await alice.PressAsync("back");
        var code = await alice.OpenRoomAsync("Harbour");
        await gallery.HangAsync(alice, "room-code");

        var bob = await world.PersonAsync("Bob", screen);
        await bob.VisitAsync();
        await EnterWithTypoAsync(bob, code, gallery);
        await alice.RoomNoticesAsync("joined", "Bob");
        await StopFileAsync(alice);
        await TalkAsync(alice, bob);
        await SendFilesAsync(alice, bob, world["saved"]);
        await gallery.HangAsync(bob, "room");
        await bob.Message("Hello back.").FocusAsync();
        await gallery.HangAsync(bob, "room-message");
        await alice.ActOnAsync("Hello back.", "room-reply");
        await gallery.HangAsync(alice, "room-reply");

        var mallory = await world.PersonAsync(Hostile, screen);
        await mallory.VisitAsync();
        await mallory.EnterRoomAsync(code);
        await mallory.WriteAsync(Hostile);
        await alice.HearsAsync(Hostile);
        await RemoveAsync(alice, bob, mallory, gallery);
        await mallory.PressAsync("enter-room");
        await mallory.FillAsync("room-code", code);
        await mallory.SeesAsync("room-code-good");
        await mallory.NameAsync();
        await mallory.SeesAsync("error-room-is-locked");

        await alice.PressAsync("room-end");
        await gallery.HangAsync(alice, "room-end");
        await alice.Page.Locator("dialog .danger").ClickAsync();
        await alice.SeesAsync("rooms-what");
        await bob.SeesAsync("room-ended-closed");
        await gallery.HangAsync(bob, "room-ended");
        await bob.PressAsync("room-close");
        await bob.SeesAsync("rooms-what");
        await Expect(bob.Page.Locator("body")).Not.ToContainTextAsync("Hello back.");
        await bob.PressAsync("enter-room");
        await bob.FillAsync("room-code", code);
        await bob.NameAsync();
        await bob.SeesAsync("error-no-such-room");
        foreach (var person in new[] { alice, bob, mallory })
            Assert.False(await person.Page.EvaluateAsync<bool>("'ran' in window"), $"{person.Name}’s page ran what somebody wrote");
        Assert.Empty(gallery.Faults);
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task In_German_everything_of_a_room_fits_a_phone() => World.PlayAsync(browser, async world =>
    {
        ReadGerman();
        var gallery = new Gallery(Screen.Phone);
        var (alice, bob) = (await InGermanAsync(world, "Alice"), await InGermanAsync(world, "Bob"));
        await alice.PressAsync("open-room");
        await Expect(alice.Field("room-name")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^[A-ZÄÖÜ][a-zäöü]+$"));
        await LookAsync(gallery, alice, "de-room-open");
        await alice.PressAsync("back");
        var code = await alice.OpenRoomAsync("Hafenrundfahrtsgesellschaft");
        await LookAsync(gallery, alice, "de-room-code");
        await bob.PressAsync("enter-room");
        await bob.PressSubmitAsync();
        await LookAsync(gallery, bob, "de-room-enter");
        await bob.PressAsync("back");
        await bob.EnterRoomAsync(code);
        await bob.WriteAsync("Um eins bei den Nudeln?");
        await alice.HearsAsync("Um eins");
        await alice.ActOnAsync("Um eins", "room-reply");
        await LookAsync(gallery, alice, "de-room-reply");
        await alice.SayAsync("Ja.");
        await alice.Page.Locator(".composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "Wegbeschreibung zum Hafen.pdf", MimeType = "application/pdf", Buffer = new byte[5_000] });
        await bob.HearsAsync("Wegbeschreibung");
        await LookAsync(gallery, bob, "de-room");
        await alice.PressAsync("room-details");
        await alice.FillAsync("room-label", "Hafen");
        await alice.PressAsync("rename");
        await Expect(alice.Page.GetByRole(AriaRole.Button, new() { Name = Text("rename"), Exact = true })).ToHaveCountAsync(0);
        await LookAsync(gallery, alice, "de-room-details");
        await alice.PressAsync("room-hand-over");
        await LookAsync(gallery, alice, "de-room-hand-over");
        await alice.PressAsync("cancel");
        await alice.PressAsync("room-lock");
        await alice.SeesAsync("room-locked");
        await LookAsync(gallery, alice, "de-room-locked");
        await alice.PressAsync("room-remove");
        await LookAsync(gallery, alice, "de-room-remove");
        await alice.Page.Locator("dialog .danger").ClickAsync();
        await bob.SeesAsync("room-ended-removed");
        await LookAsync(gallery, bob, "de-room-ended");
        await alice.PressAsync("room-end");
        await LookAsync(gallery, alice, "de-room-end");
        Assert.Empty(gallery.Faults);
    });

    private static async Task<Person> InGermanAsync(World world, string name)
    {
        var person = await world.PersonAsync(name, Screen.Phone, options => options.Locale = "de-DE");
        await person.VisitAsync();
        return person;
    }

    /// <summary>Pictures, also of what one scrolls to; no word is cut off, and none on a button or in a heading goes over two lines.</summary>
    private static async Task LookAsync(Gallery gallery, Person person, string name)
    {
        const string Cut = """
            () => [...document.querySelectorAll('button, h1, h2, h3, label, p, li, span')].filter((one) => one.clientWidth > 1 && one.checkVisibility() && one.scrollWidth > one.clientWidth + 1
              && getComputedStyle(one).textOverflow !== 'ellipsis').map((one) => `${one.tagName}.${one.className}: ${one.textContent}`)
            """;
        const string Broken = """
            () => [...document.querySelectorAll('button, h1, h2, h3, label')].filter((one) => one.checkVisibility()).flatMap((one) => {
              const words = [];
              const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                for (const word of texts.currentNode.data.matchAll(/[\p{L}]+/gu)) {
                  const range = document.createRange();
                  range.setStart(texts.currentNode, word.index);
                  range.setEnd(texts.currentNode, word.index + word[0].length);
                  if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) words.push(word[0]);
                }
              }
              return words;
            })
            """;
        await gallery.HangAgainAsync(person, name);
        await person.Page.SetViewportSizeAsync(Screen.Phone.Width, 2_400);
        await gallery.HangAgainAsync(person, name + "-whole");
        Assert.Empty(await person.Page.EvaluateAsync<string[]>(Cut));
        Assert.Empty(await person.Page.EvaluateAsync<string[]>(Broken));
        await person.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
    }

    private static async Task EnterWithTypoAsync(Person bob, string code, Gallery gallery)
    {
        var words = code.Split(' ');
        var meant = words[2];
        // two letters that change places: what fingers do
        words[2] = $"{meant[..^2]}{meant[^1]}{meant[^2]}";
        if (words[2] == meant)
            words[2] = meant + "x";
        await bob.PressAsync("enter-room");
        await bob.PressSubmitAsync();
        await bob.SeesAsync("room-code-missing");
        await bob.FillAsync("room-code", string.Join('-', words));
        await Expect(bob.Page.GetByText(Text("room-code-typo-meant", ("position", "3"), ("typed", words[2]), ("word", meant)))).ToBeVisibleAsync();
        await gallery.HangAsync(bob, "room-typo");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = Text("room-code-use", ("word", meant)) }).ClickAsync();
        await bob.SeesAsync("room-code-good");
        await bob.NameAsync();
        await bob.Composer.WaitForAsync();
    }

    private static async Task TalkAsync(Person alice, Person bob)
    {
        await bob.SayAsync(Marked);
        var drawn = alice.Page.Locator(".message.theirs .markdown").First;
        await Expect(drawn.Locator("strong")).ToHaveTextAsync("Alice");
        await Expect(drawn.Locator("em")).ToHaveTextAsync("well");
        await Expect(drawn.Locator("blockquote")).ToContainTextAsync("a quote");
        await Expect(drawn.Locator("li")).ToHaveCountAsync(2);
        await Expect(drawn.Locator("a")).ToHaveTextAsync(["one", "three"]);
        await Expect(drawn.Locator(".real-host")).ToContainTextAsync(["noodles.example", "evil.example"]);
        await Expect(drawn.Locator("img, b")).ToHaveCountAsync(0);

        await alice.ActOnAsync("Hello", "room-reply");
        await alice.SayAsync("Hello back.");
        await bob.HearsAsync("Hello back.");
        // a quote is in one line, without marks
        await Expect(bob.Message("Hello back.").Locator("button.quote bdi")).ToContainTextAsync("Hello Alice, well: let x a quote one two ");
        await Expect(bob.Message("Hello back.").Locator("button.quote")).ToContainTextAsync(Text("you-alone"));
        await bob.Message("Hello back.").Locator("button.quote").ClickAsync();
        await Expect(bob.Page.Locator(".message.own").First).ToBeFocusedAsync();
        await bob.ActOnAsync("Hello back.", "room-react");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "👍" }).ClickAsync();
        await Expect(alice.Message("Hello back.").Locator(".reactions button")).ToHaveTextAsync("👍");
        await bob.Composer.PressSequentiallyAsync("One mo");
        await Expect(alice.Page.Locator(".typing")).ToHaveTextAsync($"{Isolated("Bob")} is writing…");
        await bob.Composer.FillAsync("");
    }

    /// <summary>Begins to send a file, and stops it when a part of it has gone. Whether anything comes of it is seen when it would have come.</summary>
    private static async Task StopFileAsync(Person alice)
    {
        _ = await alice.Page.EvaluateAsync("""
            () => {
              const watch = new MutationObserver(() => {
                if (!(document.querySelector('.sending progress')?.value > 0)) return;
                watch.disconnect();
                document.querySelector('.sending button').click();
                document.body.dataset.stopped = '';
              });
              watch.observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """);
        await alice.Page.Locator(".composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "stopped.bin", MimeType = "", Buffer = new byte[12 << 20] });
        await Expect(alice.Page.Locator("body[data-stopped]")).ToHaveCountAsync(1);
        await Expect(alice.Page.Locator(".sending")).ToHaveCountAsync(0);
    }

    private static async Task SendFilesAsync(Person alice, Person bob, string saved)
    {
        var picture = await alice.Page.ScreenshotAsync(new() { Clip = new() { Width = 300, Height = 200 } });
        var chooser = alice.Page.Locator(".composer input[type=file]");
        await chooser.SetInputFilesAsync(new FilePayload { Name = "sketch.png", MimeType = "image/png", Buffer = picture });
        await Expect(bob.Page.Locator(".room-file img")).ToHaveJSPropertyAsync("naturalWidth", 300);
        await chooser.SetInputFilesAsync(new FilePayload { Name = $"{Hostile}.html", MimeType = "text/html", Buffer = "<script>window.ran=1</script>"u8.ToArray() });
        var file = bob.Page.Locator(".room-file").Filter(new() { HasText = Hostile });
        var download = await bob.Page.RunAndWaitForDownloadAsync(() => file.GetByRole(AriaRole.Button, new() { Name = Text("room-save-file") }).ClickAsync());
        await download.SaveAsAsync(saved);
        Assert.Equal("<script>window.ran=1</script>", await File.ReadAllTextAsync(saved));
        foreach (var person in new[] { alice, bob })
        {
            await Expect(person.Page.Locator(".room-file")).ToHaveCountAsync(2);
            await Expect(person.Page.Locator("body")).Not.ToContainTextAsync("stopped.bin");
        }
    }

    private static async Task RemoveAsync(Person alice, Person bob, Person mallory, Gallery gallery)
    {
        await alice.PressAsync("room-details");
        await Expect(alice.Page.Locator(".details .row")).ToHaveCountAsync(3);
        await bob.PressAsync("room-details");
        await Expect(bob.Page.Locator(".details .row")).ToHaveCountAsync(3);
        var words = alice.Page.GetByRole(AriaRole.List, new() { Name = Text("room-safety"), Exact = true });
        await Expect(bob.Page.GetByRole(AriaRole.List, new() { Name = Text("room-safety"), Exact = true })).ToHaveTextAsync(await words.InnerTextAsync(), new() { UseInnerText = true });
        await gallery.HangAsync(alice, "room-people");
        await alice.Page.Locator(".details .row").Filter(new() { HasText = Hostile }).GetByRole(AriaRole.Button, new() { Name = Text("room-remove"), Exact = true }).ClickAsync();
        await gallery.HangAsync(alice, "room-remove");
        await alice.Page.Locator("dialog .danger").ClickAsync();
        await mallory.SeesAsync("room-ended-removed");
        await Expect(alice.Page.Locator(".details .row")).ToHaveCountAsync(2);
        await bob.SeesAsync("room-safety");
        await bob.Page.Locator(".details").GetByRole(AriaRole.Button, new() { Name = Text("back"), Exact = true }).ClickAsync();
        await bob.RoomNoticesAsync("removed", Hostile);
        await mallory.PressAsync("room-close");
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Secrets.Web.Tests.Support.Catalogue;

namespace Secrets.Web.Tests.Support;

/// <summary>What a person does in rooms.</summary>
internal static class RoomGuest
{
    private static readonly string[] Names = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace"];

    /// <summary>People without an identity in one room, which the first of them opened.</summary>
    public static async Task<Person[]> MeetInRoomAsync(this World world, params Screen[] screens)
    {
        var people = new Person[screens.Length];
        var code = "";
        for (var i = 0; i < screens.Length; i++)
        {
            people[i] = await world.PersonAsync(Names[i], screens[i]);
            await people[i].VisitAsync();
            if (i == 0)
                code = await people[i].OpenRoomAsync("Harbour");
            else
                await people[i].EnterRoomAsync(code);
        }
        return people;
    }

    /// <summary>From the first screen into a room of one's own; gives its code.</summary>
    public static async Task<string> OpenRoomAsync(this Person person, string label)
    {
        await person.PressAsync("open-room");
        await person.FillAsync("room-name", person.Name);
        await person.FillAsync("room-label", label);
        await person.PressSubmitAsync();
        return await person.CodeAsync();
    }

    /// <summary>The code that is on the screen.</summary>
    public static async Task<string> CodeAsync(this Person person)
    {
        var words = person.Page.Locator(".code-card .code-words li");
        await words.First.WaitForAsync();
        return string.Join(' ', (await words.AllInnerTextsAsync()).Select(word => word.Split('\n', ' ')[^1].Trim()));
    }

    /// <summary>The room's link, as the person would paste it: pages can't read what they copied.</summary>
    public static async Task<string> LinkAsync(this Person person)
    {
        _ = await person.Page.EvaluateAsync("() => { navigator.clipboard.writeText = async (text) => { globalThis.pasted = text; }; }");
        await person.PressAsync("copy-link");
        await person.SeesAsync("copied");
        return await person.Page.EvaluateAsync<string>("() => globalThis.pasted");
    }

    /// <summary>From the first screen into somebody's room.</summary>
    public static async Task EnterRoomAsync(this Person person, string code)
    {
        await person.PressAsync("enter-room");
        await person.FillAsync("room-code", code);
        await person.SeesAsync("room-code-good");
        await person.NameAsync();
        await person.Composer.WaitForAsync();
    }

    /// <summary>Gives the name, and is in.</summary>
    public static async Task NameAsync(this Person person)
    {
        await person.FillAsync("room-name", person.Name);
        await person.PressSubmitAsync();
    }

    public static async Task EnterByLinkAsync(this Person person, string link)
    {
        await person.VisitAsync(link);
        await person.SeesAsync("enter-room-link");
        await person.NameAsync();
        await person.Composer.WaitForAsync();
    }

    /// <summary>Something that is done to a message.</summary>
    public static async Task ActOnAsync(this Person person, string text, string act)
    {
        await person.Message(text).FocusAsync();
        await person.Message(text).GetByRole(AriaRole.Button, new() { Name = Text(act), Exact = true }).ClickAsync();
    }

    public static Task RoomNoticesAsync(this Person person, string notice, string who) =>
        Expect(person.Page.Locator(".notice").Filter(new() { HasText = Text("room-notice-" + notice, ("who", who)) }).First).ToBeVisibleAsync();
}

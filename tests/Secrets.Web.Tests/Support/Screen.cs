namespace Secrets.Web.Tests.Support;

/// <summary>What a person looks at.</summary>
/// <param name="Width">CSS pixels across.</param>
/// <param name="Height">CSS pixels down.</param>
public sealed record Screen(int Width, int Height)
{
    /// <summary>One pane at a time.</summary>
    public static readonly Screen Phone = new(360, 740);

    /// <summary>The list and a chat.</summary>
    public static readonly Screen Tablet = new(768, 1024);

    /// <summary>Everything side by side.</summary>
    public static readonly Screen Desk = new(1440, 900);

    /// <summary>The two that the main ways through the app must fit on.</summary>
    public static TheoryData<int> PhoneAndDesk => new(Phone.Width, Desk.Width);

    /// <summary>Those past which the walk along every screen goes; past the tablet's in the long run, as it shares its layouts with the other two.</summary>
    public static TheoryData<int> Walked => IsLong ? new(Phone.Width, Desk.Width, Tablet.Width) : PhoneAndDesk;

    /// <summary>The narrowest; in the long run the others too, where the same steps find more room.</summary>
    public static TheoryData<int> Narrow => IsLong ? new(Phone.Width, Desk.Width, Tablet.Width) : new(Phone.Width);

    private static bool IsLong => Environment.GetEnvironmentVariable("SECRETS_LONG") is not null;

    /// <summary>The screen of that width.</summary>
    public static Screen Of(int width) => new[] { Phone, Tablet, Desk }.Single(screen => screen.Width == width);
}

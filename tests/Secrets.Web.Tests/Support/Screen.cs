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

    /// <summary>The two that every way through the app must fit on.</summary>
    public static TheoryData<int> PhoneAndDesk => new(Phone.Width, Desk.Width);

    /// <summary>Those past which the walk along every screen goes; past the tablet's in the long run, as it shares its layouts with the other two.</summary>
    public static TheoryData<int> Walked
    {
        get
        {
            var widths = PhoneAndDesk;
            if (Environment.GetEnvironmentVariable("SECRETS_LONG") is not null)
                widths.Add(Tablet.Width);
            return widths;
        }
    }

    /// <summary>The screen of that width.</summary>
    public static Screen Of(int width) => new[] { Phone, Tablet, Desk }.Single(screen => screen.Width == width);
}

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

    /// <summary>Those on which the main ways through the app are walked: the narrowest, and in the long run a desk's, where the same steps find more room.</summary>
    public static TheoryData<int> Walked => IsLong ? new(Phone.Width, Desk.Width) : new(Phone.Width);

    /// <summary>Those past which the walk along every screen goes.</summary>
    public static TheoryData<int> Looked => IsLong ? new(Phone.Width, Desk.Width, Tablet.Width) : new(Phone.Width);

    /// <summary>True in the long run.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("SECRETS_LONG") is not null;

    /// <summary>The screen of that width.</summary>
    public static Screen Of(int width) => new[] { Phone, Tablet, Desk }.Single(screen => screen.Width == width);
}

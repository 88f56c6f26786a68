namespace Secrets.Web.Tests.Support;

/// <summary>What comes from one other person in a call.</summary>
internal sealed record Flow
{
    /// <summary>The picture's mean colour, 0 to 255.</summary>
    public double R { get; init; }

    public double G { get; init; }

    public double B { get; init; }

    public double Frames { get; init; }

    public double SoundBytes { get; init; }

    public double Energy { get; init; }

    /// <summary>What kinds of addresses it goes from and to.</summary>
    public string Way { get; init; } = "";

    /// <summary>The other one's description.</summary>
    public string Sdp { get; init; } = "";
}

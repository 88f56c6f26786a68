using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Secrets.Client.Api;
using Secrets.Client.Views;

namespace Secrets.Client.Network;

/// <summary>Reads what a relay says of its TURN server.</summary>
/// <remarks>It comes from a relay that may be hostile, and goes into a media engine. Spec: docs/protocol/calls.md §4.6.</remarks>
internal static class TurnAnswer
{
    private const int MaxUrls = 4;
    private const int MaxLength = 256;
    private const int MaxSize = 4_096;

    /// <summary>Reads an answer; false for null, and for what is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out TurnView? turn)
    {
        turn = null;
        if (json.Length is 0 or > MaxSize)
            return false;
        try
        {
            turn = JsonSerializer.Deserialize(json, ApiJson.Default.TurnView);
        }
        catch (JsonException)
        {
            return false;
        }

        if (turn is { Urls.Count: > 0 and <= MaxUrls, Seconds: > 0 } && turn.Urls.All(IsUrl) && IsShort(turn.Username) && IsShort(turn.Credential))
            return true;
        turn = null;
        return false;
    }

    private static bool IsUrl(string? url) =>
        url is not null && IsShort(url) && (url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal));

    private static bool IsShort(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}

using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Secrets.Browser;

/// <summary>What the worker offers to the core besides cryptography and storage.</summary>
[SupportedOSPlatform("browser")]
internal static partial class PageCalls
{
    private const string Module = "host";

    /// <summary>Hands an event on.</summary>
    [JSImport("happened", Module)]
    internal static partial void Happened(string json);

    /// <summary>Hands an event of a room on.</summary>
    [JSImport("roomHappened", Module)]
    internal static partial void RoomHappened(string json);

    /// <summary>Says that the host changed.</summary>
    [JSImport("changed", Module)]
    internal static partial void Changed();

    /// <summary>The address in the page's own <c>relay.json</c>; empty if there is none.</summary>
    [JSImport("pageRelay", Module)]
    internal static partial Task<string> PageRelayAsync();
}

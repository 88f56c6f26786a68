namespace Secrets.Rules.Tests;

/// <summary>A layer and its four places with one name.</summary>
/// <param name="Name">As in docs/protocol/NAME.md and vectors/NAME.</param>
/// <param name="Code">The folder of its source.</param>
/// <param name="Tests">The folder of its tests.</param>
/// <param name="Inside">The folder of what a relay can't see of it, if that is apart.</param>
internal sealed record Layer(string Name, string Code, string Tests, string? Inside = null)
{
    /// <summary>All layers that exist or are planned; a planned one has no source yet.</summary>
    public static readonly Layer[] All =
    [
        new("primitives", "src/Secrets.Crypto", "tests/Secrets.Crypto.Tests"),
        new("encoding", "src/Secrets.Transport/Encoding", "tests/Secrets.Transport.Tests/Encoding"),
        new("boxes", "src/Secrets.Transport/Boxes", "tests/Secrets.Transport.Tests/Boxes"),
        new("rooms", "src/Secrets.Transport/Rooms", "tests/Secrets.Transport.Tests/Rooms", "src/Secrets.Protocol/Rooms"),
        new("mix", "src/Secrets.Transport/Mix", "tests/Secrets.Transport.Tests/Mix"),
        new("noise", "src/Secrets.Protocol/Noise", "tests/Secrets.Protocol.Tests/Noise"),
        new("sessions", "src/Secrets.Protocol/Sessions", "tests/Secrets.Protocol.Tests/Sessions"),
        new("chains", "src/Secrets.Protocol/Chains", "tests/Secrets.Protocol.Tests/Chains"),
        new("chats", "src/Secrets.Protocol/Chats", "tests/Secrets.Protocol.Tests/Chats"),
        new("calls", "src/Secrets.Protocol/Calls", "tests/Secrets.Protocol.Tests/Calls"),
        new("vaults", "src/Secrets.Protocol/Vaults", "tests/Secrets.Protocol.Tests/Vaults"),
        new("stack", "src/Secrets.Stack", "tests/Secrets.Stack.Tests"),
        new("store", "src/Secrets.Store", "tests/Secrets.Store.Tests"),
        new("api", "src/Secrets.Client/Api", "tests/Secrets.Client.Tests/Api"),
    ];

    /// <summary>The layers that have source.</summary>
    public static IEnumerable<Layer> Built => All.Where(layer => Tree.Sources(layer.Code).Any());

    /// <summary>Its specification.</summary>
    public string Document => $"docs/protocol/{Name}.md";

    /// <summary>Its vectors.</summary>
    public string Vectors => $"vectors/{Name}";

    /// <summary>Its name in xunit's output.</summary>
    public override string ToString() => Name;
}

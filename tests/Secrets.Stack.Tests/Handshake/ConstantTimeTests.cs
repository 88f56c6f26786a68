using System.Text.RegularExpressions;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Handshake;

public partial class ConstantTimeTests
{
    [Fact]
    public void What_is_secret_is_compared_in_constant_time_E_72()
    {
        // the tags of boxes are libsodium's business; everything else that is compared byte by byte here is public: an end's "true", and addresses
        string[] harmless = ["RpcError.cs", "MultiserverAddress.cs"];
        var folder = Path.Combine(NodePeer.Root(), "src", "Secrets.Stack");
        var compared = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => Comparison().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetFileName(path));

        Assert.Empty(compared.Except(harmless));
        Assert.Contains("CryptographicOperations.FixedTimeEquals", File.ReadAllText(Path.Combine(folder, "Handshake", "ShsMessages.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_client_sees_the_same_whatever_the_reason_E_72()
    {
        // another key expected, or not wanted: the same error at the same step, and no byte from the server
        await using var wanted = new Connections.TestNode();
        await using var closed = new Connections.TestNode(authorize: (_, _) => ValueTask.FromResult<StackPermissions?>(null));
        using var other = StackKeys.Generate(Crypto.RandomSource.System);
        var address = new MultiserverAddress(other.PublicKey, Connections.TestNode.Memory);

        var wrongKey = await Assert.ThrowsAsync<StackException>(async () => await wanted.Client().ConnectAsync(address, TestContext.Current.CancellationToken));
        var notWanted = await Assert.ThrowsAsync<StackException>(async () => await closed.ConnectAsync());

        Assert.Equal(wrongKey.Error, notWanted.Error);
    }

    [GeneratedRegex(@"\.SequenceEqual\(|\bmemcmp\b")]
    private static partial Regex Comparison();
}

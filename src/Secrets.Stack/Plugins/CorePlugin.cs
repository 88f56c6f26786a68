using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The methods of every node: <c>manifest</c>, <c>help</c>, <c>multiserver.address</c>, <c>auth</c>.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.6.</remarks>
internal static class CorePlugin
{
    public const string Auth = "auth";

    public static Plugin Create() => new Plugin("")
    {
        ["manifest"] = Rpc.Sync(call => (JsonNode)call.Node.Methods.WriteManifest()).Describe("All methods with their types."),
        ["help"] = Rpc.Sync(call => (JsonNode)call.Node.Methods.WriteHelp()).Describe("What the methods do and want."),
        ["multiserver.address"] = Rpc.Sync<string?, string?>(static (scope, call) => call.Node.GetAddress(ReadScope(scope))?.ToString())
            .Describe("The node's address.", ("scope", "device, local, private or public")),
        [Auth] = Rpc.Async<string, JsonNode?>(static (_, call) => ValueTask.FromResult(call.Node.PermissionsOf(ReadKey(call)).ToJson(call.Node.Anonymous)))
            .Describe("What a key may do.", ("id", "the key as @….ed25519")),
    }.AllowAnonymous("manifest", "help");

    /// <summary>The key that a call of <c>auth</c> is about.</summary>
    public static Ed25519PublicKey ReadKey(RpcCall call) =>
        call.AuthorizedKey is { } known ? known : AddressText.TryReadKey(call.Argument<string>(0) ?? "", out var key) ? key : throw new RpcException("invalid arguments, number 1 is no id");

    private static StackScopes ReadScope(string? scope) => scope switch
    {
        null or "device" => StackScopes.Device,
        "local" => StackScopes.Local,
        "private" => StackScopes.Private,
        "public" => StackScopes.Public,
        _ => throw new RpcException("invalid arguments, there is no such scope"),
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Client.Api;
using Secrets.Client.Tests.Support;
using Secrets.Stack;

namespace Secrets.Client.Tests.Api;

/// <summary>The file vectors/api/arguments.json: which arguments each command takes. SECRETS_WRITE_VECTORS=1 writes it anew.</summary>
public sealed class ApiVectorTests
{
    private const string Nobody = "00112233445566778899aabbccddeeff";
    private const string Path = "vectors/api/arguments.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_vectors_of_the_api_are_what_it_does()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;
        var file = System.IO.Path.Combine(Root(), Path);
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_VECTORS") == "1")
        {
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, (await WriteAsync(daemon)).ToJsonString(Indented) + "\n");
        }

        var cases = JsonNode.Parse(await File.ReadAllTextAsync(file))!["cases"]!.AsArray();

        Assert.Equal(Inputs().Count() + 1, cases.Count);
        Assert.Equal(Convert.ToHexStringLower(ApiNetwork.AppKey.Bytes), (string?)cases[0]!["out"]!["key"]);
        foreach (var vector in cases.Skip(1))
            Assert.Equal((string?)vector!["expect"], await RunAsync(daemon, (string)vector["operation"]!, vector["in"]!["arguments"]!));
        // every command is there, taken and refused
        Assert.All(ApiPlugin.Methods.Where(name => name is not (ApiPlugin.Events or ApiPlugin.RoomEvents)), name => Assert.Equal(
            ["bad_command", "taken"],
            cases.Where(vector => (string?)vector!["operation"] == name).Select(vector => (string?)vector!["expect"] == "bad_command" ? "bad_command" : "taken").Distinct().Order(StringComparer.Ordinal)));
    }

    /// <summary>Done, or the name of the refusal: for most there is nothing to do it with.</summary>
    private static async Task<string> RunAsync(StackPeer daemon, string method, JsonNode arguments)
    {
        try
        {
            _ = await daemon.CallAsync(method, arguments.DeepClone().AsArray(), TestContext.Current.CancellationToken);
            return "ok";
        }
        catch (RpcException refusal)
        {
            return refusal.Name;
        }
    }

    private static async Task<JsonObject> WriteAsync(StackPeer daemon)
    {
        var cases = new JsonArray(new JsonObject
        {
            ["id"] = "arguments-001",
            ["operation"] = "ApiNetwork.AppKey",
            ["comment"] = "the key of the network",
            ["in"] = new JsonObject(),
            ["expect"] = "ok",
            ["out"] = new JsonObject { ["key"] = Convert.ToHexStringLower(ApiNetwork.AppKey.Bytes) },
        });
        foreach (var (method, arguments, comment) in Inputs())
        {
            var parsed = JsonNode.Parse(arguments)!;
            cases.Add((JsonNode)new JsonObject
            {
                ["id"] = $"arguments-{cases.Count + 1:000}",
                ["operation"] = method,
                ["comment"] = comment,
                ["in"] = new JsonObject { ["arguments"] = parsed },
                ["expect"] = await RunAsync(daemon, method, parsed),
                ["out"] = new JsonObject(),
            });
        }
        return new JsonObject
        {
            ["layer"] = "api",
            ["spec"] = "docs/protocol/api.md#3",
            ["version"] = 1,
            ["source"] = "tests/Secrets.Client.Tests, SECRETS_WRITE_VECTORS=1",
            ["cases"] = cases,
        };
    }

    /// <summary>For each command one list of arguments that fits and some that don't, for an identity with a relay that nobody reaches and no chat.</summary>
    private static IEnumerable<(string Method, string Arguments, string Comment)> Inputs()
    {
        const string relay = "net:relay.example:7401~shs:K2VFW4WZwFmt5QdangMYO3Pvz1Ms/PmiIj8rB4UokQI=";
        (string Method, string Fitting)[] commands =
        [
            ("identity.show", "{}"),
            ("identity.rename", """{"name":"Alice L."}"""),
            ("sync", "{}"),
            ("relays.list", "{}"),
            ("relays.add", $$"""{"address":"{{relay}}"}"""),
            ("relays.remove", """{"address":"nowhere"}"""),
            ("relays.test", $$"""{"address":"{{relay}}"}"""),
            ("chats.list", "{}"),
            ("chats.create", """{"name":"","days":14}"""),
            ("chats.join", """{"secret":"secret1","name":"Bob","direct":false,"allow_other_relays":false}"""),
            ("chats.add", $$"""{"chat":"{{Nobody}}","secret":"secret1","name":null,"direct":true,"allow_other_relays":false}"""),
            ("chats.show", $$"""{"chat":"{{Nobody}}"}"""),
            ("chats.secret", $$"""{"chat":"{{Nobody}}","days":1,"renew":false}"""),
            ("chats.verify", $$"""{"chat":"{{Nobody}}","typed":null}"""),
            ("chats.rename", $$"""{"chat":"{{Nobody}}","name":"Lunch"}"""),
            ("chats.mute", $$"""{"chat":"{{Nobody}}","muted":true}"""),
            ("chats.leave", $$"""{"chat":"{{Nobody}}"}"""),
            ("chats.delete", $$"""{"chat":"{{Nobody}}"}"""),
            ("chats.attend", """{"chat":null}"""),
            ("chats.read", $$"""{"chat":"{{Nobody}}"}"""),
            ("messages.send", $$"""{"chat":"{{Nobody}}","text":"Noodles?"}"""),
            ("messages.page", $$"""{"chat":"{{Nobody}}","before":null,"count":10}"""),
            ("calls.list", "{}"),
            ("calls.turn", "{}"),
            ("calls.start", $$"""{"chat":"{{Nobody}}","media":"voice","straight":false,"fingerprint":"00"}"""),
            ("calls.accept", """{"straight":true,"fingerprint":"00"}"""),
            ("calls.end", "{}"),
            ("calls.fail", "{}"),
            ("calls.wrong", "{}"),
            ("calls.describe", """{"revision":1,"description":"v=0"}"""),
            ("calls.candidates", """{"candidates":["candidate:1"]}"""),
            ("calls.connected", """{"fingerprint":null}"""),
            ("calls.lost", "{}"),
            ("calls.switch", """{"microphone_off":true,"camera_on":false,"screen_shown":false}"""),
        ];
        foreach (var input in Forms(commands))
            yield return input;
        yield return ("messages.page", $$"""[{"chat":"{{Nobody}}","count":10}]""", "a name that may be null is missing");
        yield return ("messages.page", $$"""[{"chat":"{{Nobody}}","before":"1","count":10}]""", "a number as text");
        yield return ("chats.mute", $$"""[{"chat":"{{Nobody}}","muted":1}]""", "a number in place of true");
        yield return ("chats.mute", $$"""[{"Chat":"{{Nobody}}","muted":true}]""", "a name in other letters");
        yield return ("chats.create", """[{"name":"Lunch","days":15}]""", "more days than a secret can be good for");
        yield return ("chats.create", """[{"name":"Lunch","days":0}]""", "no day");
        yield return ("chats.show", $$"""[{"chat":"{{Nobody[1..]}}"}]""", "an id of 31 digits");
        yield return ("messages.send", $$"""[["{{Nobody}}","Noodles?"]]""", "a list in place of an object");
        foreach (var input in Forms([
            ("rooms.open", """{"label":null,"name":null,"relay":"nowhere","max_participants":null}"""),
            ("rooms.enter", """{"code":"word","label":null,"name":null,"relay":null}"""),
            ("rooms.check", """{"code":"word"}"""),
            ("rooms.leave", $$"""{"room":"{{Nobody}}"}"""),
            ("rooms.list", "{}"),
            ("rooms.show", $$"""{"room":"{{Nobody}}"}"""),
            ("rooms.rename", $$"""{"room":"{{Nobody}}","name":"Bob"}"""),
            ("rooms.label", $$"""{"room":"{{Nobody}}","label":"Harbour"}"""),
            ("rooms.stop_file", $$"""{"room":"{{Nobody}}","upload":"file1"}"""),
            ("rooms.typing", $$"""{"room":"{{Nobody}}","on":true}"""),
            ("rooms.call_turn", $$"""{"room":"{{Nobody}}"}"""),
            ("rooms.call_join", $$"""{"room":"{{Nobody}}","media":"voice"}"""),
            ("rooms.call_leave", $$"""{"room":"{{Nobody}}"}"""),
            ("rooms.call_leg", $$"""{"room":"{{Nobody}}","session":"","straight":false,"fingerprint":"00"}"""),
            ("rooms.call_describe", $$"""{"room":"{{Nobody}}","session":"","revision":1,"description":"v=0"}"""),
            ("rooms.call_candidates", $$"""{"room":"{{Nobody}}","session":"","candidates":["candidate:1"]}"""),
            ("rooms.call_connected", $$"""{"room":"{{Nobody}}","session":"","fingerprint":null}"""),
            ("rooms.call_lost", $$"""{"room":"{{Nobody}}","session":""}"""),
            ("rooms.call_fail", $$"""{"room":"{{Nobody}}","session":""}"""),
            ("rooms.call_wrong", $$"""{"room":"{{Nobody}}","session":""}"""),
            ("rooms.call_switch", $$"""{"room":"{{Nobody}}","microphone_off":true,"camera_on":false,"screen_shown":false}"""),
            ("rooms.messages", $$"""{"room":"{{Nobody}}"}"""),
            ("rooms.send", $$"""{"room":"{{Nobody}}","text":"Noodles?","reply_to":null}"""),
            ("rooms.react", $$"""{"room":"{{Nobody}}","message":"","sign":"+"}"""),
            ("rooms.lock", $$"""{"room":"{{Nobody}}","locked":true}"""),
            ("rooms.remove", $$"""{"room":"{{Nobody}}","session":""}"""),
            ("rooms.hand_over", $$"""{"room":"{{Nobody}}","session":""}"""),
        ]))
            yield return input;
        yield return ("rooms.open", """[{"max_participants":1}]""", "fewer people than talk");
    }

    private static IEnumerable<(string Method, string Arguments, string Comment)> Forms((string Method, string Fitting)[] commands)
    {
        foreach (var (method, fitting) in commands)
        {
            yield return (method, $"[{fitting}]", "all names, each of its type");
            if (fitting == "{}")
                yield return (method, "[]", "no argument where there are no names");
            else
                yield return (method, "[]", "no argument");
            yield return (method, $"[{fitting[..^1]}{(fitting == "{}" ? "" : ",")}\"more\":1}}]", "a name too many");
            yield return (method, $"[{fitting},{fitting}]", "two arguments");
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Secrets.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
        return folder;
    }
}

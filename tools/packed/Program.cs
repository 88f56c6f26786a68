// A program of somebody else: it knows the packages and nothing of this tree. tools/packages builds and runs it elsewhere.
using System.Reflection.PortableExecutable;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Stack.Server;

var length = new CallDefinition<string, int>("words.length");
using var keys = StackKeys.Generate(RandomSource.System);
var stack = SecretStack.Create(o => o.AppKey = AppKey.FromName("packed"u8))
    .UseKestrel()
    .Use(new Plugin("words").Add(length.ServeSync((word, _) => word.Length)).AllowAnonymous(length));
await using var node = await stack.StartAsync(keys, o => o.Listen("net:127.0.0.1:0~shs", "ws://127.0.0.1:0~shs"));
await using var client = stack.CreateClient();
foreach (var endpoint in node.Address!.Endpoints)
{
    await using var peer = await client.ConnectAsync(new MultiserverAddress(node.PublicKey, endpoint));
    if (await length.CallAsync(peer, "packed") != 6)
        throw new InvalidOperationException("The answer is wrong.");
}

foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "Secrets.*.dll"))
{
    using var assembly = new PEReader(File.OpenRead(file));
    if (!assembly.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb))
        throw new InvalidOperationException($"{Path.GetFileName(file)} has no symbols.");
    Console.WriteLine(Path.GetFileName(file));
}

Console.WriteLine($"a call over each of {node.Address.Endpoints.Count} ways");

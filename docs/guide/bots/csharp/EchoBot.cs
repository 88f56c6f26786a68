// An echo bot: what others write in any chat of an identity, it writes back.
// Usage: EchoBot CONNECT.JSON     (the file that `secrets daemon` names when it is ready)
using System.Text.Json.Nodes;
using Secrets.Stack;

var connect = JsonNode.Parse(await File.ReadAllTextAsync(args[0]))!;
if (!AppKey.TryRead(Convert.FromHexString((string)connect["app_key"]!), out var appKey) || !MultiserverAddress.TryParse((string?)connect["address"], out var address))
    throw new InvalidDataException("This is not the file of a daemon.");
var stack = SecretStack.Create(o =>
{
    o.AppKey = appKey;
    o.MaxItemSize = 16 << 20; // a page of long messages
    o.KeepAlive = TimeSpan.FromMinutes(1);
});
await using var client = stack.CreateClient(Convert.FromHexString((string)connect["seed"]!));
await using var lasting = client.KeepConnected(address);

var begun = false;
var answered = new Dictionary<string, long>(); // the position in each chat up to which it is answered
while (true)
{
    var daemon = await lasting.GetPeerAsync();
    try
    {
        await foreach (var happened in daemon.SourceAsync<JsonObject>("events"))
        {
            if ((string?)happened["kind"] == "listening")
                await BeginAsync(daemon);
            else if ((string?)happened["kind"] == "message_added" && !(bool)happened["message"]!["own"]!)
                await AnswerAsync(daemon, (string)happened["chat"]!["id"]!);
        }
    }
    catch (Exception failure) when (failure is StackException or RpcException)
    {
        // the daemon is gone, or has closed the identity: it may come back
        Console.Error.WriteLine($"again in a second: {failure.Message}");
    }
    await Task.Delay(TimeSpan.FromSeconds(1));
}

async Task BeginAsync(StackPeer daemon)
{
    foreach (var chat in await daemon.CallAsync<JsonArray>("chats.list"))
    {
        var id = (string)chat!["id"]!;
        if (begun)
            await AnswerAsync(daemon, id); // back again: what was said meanwhile
        else if (chat["last_message"] is { } last)
            answered[id] = (long)last["position"]!; // what was there before is not echoed
    }
    begun = true;
    Console.WriteLine("listening");
}

async Task AnswerAsync(StackPeer daemon, string chat)
{
    var page = await daemon.CallAsync<JsonArray>("messages.page", [new JsonObject { ["chat"] = chat, ["before"] = null, ["count"] = 100 }]);
    foreach (var message in page)
    {
        var position = (long)message!["position"]!;
        if (position <= answered.GetValueOrDefault(chat))
            continue;
        answered[chat] = position;
        if ((string?)message["kind"] != "text" || (bool)message["own"]!)
            continue;
        try
        {
            _ = await daemon.CallAsync("messages.send", [new JsonObject { ["chat"] = chat, ["text"] = (string?)message["text"] }]);
        }
        catch (RpcException refusal)
        {
            Console.Error.WriteLine($"not echoed: {refusal.Name}: {refusal.Message}");
        }
    }
}

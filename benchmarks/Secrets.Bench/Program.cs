using Secrets.Bench;

var benches = new SortedDictionary<string, Action>(StringComparer.Ordinal)
{
    ["relay"] = RelayBench.Run,
    ["relay-idle"] = RelayBench.RunIdle,
    ["relay-puts"] = RelayBench.RunPuts,
    ["relay-start"] = RelayBench.RunStart,
    ["rooms"] = RoomsBench.Run,
    ["session"] = SessionBench.Run,
    ["stack"] = StackBench.Run,
    ["stack-allocations"] = StackAllocations.Run,
    ["stack-boxes-serve"] = StackBoxes.Serve,
    ["stack-calls"] = StackBench.RunCalls,
    ["stack-calls-serve"] = StackBench.RunSwiftCalls,
    ["stack-handshakes"] = StackBench.RunHandshakes,
    ["stack-idle"] = StackBench.RunIdle,
    ["stack-serve"] = StackServer.Serve,
    ["stack-swift-serve"] = StackServer.ServeSwiftly,
    ["stack-soak"] = StackSoak.Run,
    ["stack-sources"] = StackBench.RunSources,
    ["stack-stock"] = StackBench.RunStock,
    ["store"] = StoreBench.Run,
    ["web"] = WebBench.Run,
};
// the relay's load must take nothing from the relay on the same cores; whoever measures the stack has the runtime's own settings
if (args is [var first, ..] && first.StartsWith("stack", StringComparison.Ordinal))
    AppContext.SetData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", 70);
var wanted = args.Length == 0 || args[0] == "all" ? benches.Keys.Where(name => !name.Contains('-', StringComparison.Ordinal)).ToArray() : args;
foreach (var name in wanted)
{
    if (!benches.TryGetValue(name, out var run))
    {
        System.Console.Error.WriteLine($"There is no bench \"{name}\". There are: {string.Join(", ", benches.Keys.Where(known => !known.EndsWith("-serve", StringComparison.Ordinal)))}.");
        return 2;
    }
    run();
}
return 0;

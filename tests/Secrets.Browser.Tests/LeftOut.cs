namespace Secrets.Browser.Tests;

/// <summary>The tests that can't run in a browser, by the beginning of their full name, and why. An entry that fits no test fails the run.</summary>
internal static class LeftOut
{
    public static readonly IReadOnlyDictionary<string, string> Entries = new Dictionary<string, string>
    {
        ["Secrets.Crypto.Tests.AllocationTests."] = "the browser's HMAC is made of objects",
        ["Secrets.Crypto.Tests.MlKem768Tests.The_platforms_keys"] = ".NET has no ML-KEM in the browser",
        ["Secrets.Crypto.Tests.MemoryTests."] = "reads the memory of a process",
        ["Secrets.Crypto.Tests.Vectors.SecondImplementationTests."] = "starts Python",
        ["Secrets.Transport.Tests.Boxes.SecondImplementationTests."] = "starts Python",
        ["Secrets.Protocol.Tests.Sessions.SecondImplementationTests."] = "starts Python",
        ["Secrets.Protocol.Tests.Chats.DeniabilityTests."] = "reads the sources",
        ["Secrets.Store.Tests.FileBackendTests."] = "files of an operating system",
        ["Secrets.Store.Tests.PurgeTests.Any_purge_leaves"] = "waits for a store within a property",
        ["Secrets.Stack.Tests.NodeLanTests."] = "starts Node",
        ["Secrets.Stack.Tests.NodeTcpTests."] = "starts Node",
        ["Secrets.Stack.Tests.PublishedSuiteTests."] = "starts Node",
        ["Secrets.Stack.Tests.SsbTests."] = "starts Node",
        ["Secrets.Stack.Tests.Connections.FaultTests.A_method_that_should_answer_at_once_and_blocks"] = "a page has one thread, which it would hold",
        ["Secrets.Stack.Tests.Connections.MetricsTests."] = "nothing is counted in a page",
        ["Secrets.Stack.Tests.Connections.FlowTests.Both_sides_can_call_each_other"] = "listens on a socket",
        ["Secrets.Stack.Tests.Connections.FlowTests.Nobody_there_is_unreachable"] = "listens on a socket",
        ["Secrets.Stack.Tests.Connections.LoneCallTests.Over_a_socket"] = "listens on a socket",
        ["Secrets.Stack.Tests.Network.TransportTests."] = "sockets and files of an operating system",
        ["Secrets.Stack.Tests.Handshake.ConstantTimeTests.What_is_secret"] = "reads the sources",
    };

    public static string? Find(string name) => Entries.Keys.FirstOrDefault(entry => name.StartsWith(entry, StringComparison.Ordinal));
}

using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Tests.Chains;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>vectors/calls: every public operation.</summary>
public sealed class CallVectorTests
{
    [Fact]
    public void The_vectors_of_calls_hold()
    {
        var book = VectorBook.Open("calls", "docs/protocol/calls.md");
        foreach (var signal in CallSamples.All())
        {
            var bytes = Bytes(signal);
            book.Add("CallSignal.TryRead", $"{signal.Kind}", "ok", ("bytes", VectorBook.Hex(bytes)));
        }

        var id = VectorBook.Hex(Id(1).Bytes);
        var head = id + "0000000000000007";
        void Bad(string comment, string expect, string hex) => book.Add("CallSignal.TryRead", comment, expect, ("bytes", hex));
        Bad("nothing", "Truncated", "");
        Bad("kind 10", "UnknownKind", "0a" + head);
        Bad("Ask with a bit that has no name", "OutOfRange", "01" + id + "04" + new string('0', 64));
        Bad("Ask one byte short", "Truncated", "01" + id + "01" + new string('0', 62));
        Bad("Restart with a byte more", "TooLong", "06" + head + "00");
        Bad("Offer of revision 0", "OutOfRange", "03" + head + "0000" + new string('0', 64));
        Bad("Answer without a description", "BadDescription", "04" + head + "0001");
        Bad("no candidates", "OutOfRange", "05" + head + "000100");
        Bad("a candidate with a line end", "OutOfRange", "05" + head + "00010100020d0a");
        Bad("State with a bit that has no name", "OutOfRange", "07" + head + "08");
        Bad("Here of seven parties", "OutOfRange", "08" + id + "0007");
        Bad("End without a reason", "OutOfRange", "09" + head + "00");
        book.Add("CallCommitment.Derive", "", "ok", ("call", id), ("fingerprint", VectorBook.Hex(Alice.Bytes)), ("nonce", VectorBook.Hex(Bob.Bytes)));
        book.Add("CallWords.Derive", "", "ok", ("asker", VectorBook.Hex(Alice.Bytes)), ("answerer", VectorBook.Hex(Bob.Bytes)), ("askerNonce", VectorBook.Hex(Hash256.Of("n"u8).Bytes)), ("answererNonce", VectorBook.Hex(Hash256.Of("m"u8).Bytes)));
        book.Add("SessionDescription.TryRead", "", "ok", ("text", Text(Alice)));
        book.Add("SessionDescription.TryRead", "two certificates", "BadDescription", ("text", Text(Alice) + $"a=fingerprint:sha-256 {Written(Bob)}\r\n"));
        book.Check("calls.json", 26, Run);
    }

    private static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input) => operation switch
    {
        "CallSignal.TryRead" => ReadSignal(VectorBook.Bytes(input["bytes"])),
        "CallCommitment.Derive" => ("ok", new() { ["commitment"] = VectorBook.Hex(CallCommitment.Derive(ReadId(input["call"]), Hash(input["fingerprint"]), Hash(input["nonce"])).Bytes) }),
        "CallWords.Derive" => ("ok", new() { ["places"] = string.Join(' ', CallWords.Derive(Hash(input["asker"]), Hash(input["answerer"]), Hash(input["askerNonce"]), Hash(input["answererNonce"]))) }),
        "SessionDescription.TryRead" => ReadDescription(input["text"]),
        _ => throw new ArgumentException(operation),
    };

    private static (string Expect, Dictionary<string, string> Out) ReadSignal(byte[] bytes)
    {
        var error = CallSignal.TryRead(bytes, out var signal);
        if (error == CallError.None)
            Assert.Equal(bytes, Bytes(signal!));
        return (error == CallError.None ? "ok" : $"{error}", []);
    }

    private static (string Expect, Dictionary<string, string> Out) ReadDescription(string text)
    {
        var error = SessionDescription.TryRead(Encoding.ASCII.GetBytes(text), out var description);
        return error == CallError.None
            ? ("ok", new() { ["fingerprint"] = VectorBook.Hex(description!.Fingerprint.Bytes), ["withoutAddresses"] = description.WithoutAddresses().Text })
            : ($"{error}", []);
    }

    private static CallId ReadId(string hex)
    {
        Assert.True(CallId.TryRead(VectorBook.Bytes(hex), out var id));
        return id;
    }

    private static Hash256 Hash(string hex)
    {
        Assert.True(Hash256.TryRead(VectorBook.Bytes(hex), out var hash));
        return hash;
    }
}

using Secrets.Crypto;
using Secrets.Protocol.Chains;
using static Secrets.Protocol.Tests.Chains.VectorBook;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>vectors/chains: every public operation.</summary>
public sealed class ChainVectorTests
{
    [Fact]
    public void The_vectors_of_chains_hold()
    {
        var book = VectorBook.Open("chains", "docs/protocol/chains.md");
        Fill(book);
        book.Check("chains.json", 22, Run);
    }

    private static void Fill(VectorBook book)
    {
        var alice = new Person(100);
        var second = alice.Device();
        var chain = alice.Chain;
        var first = Hex(chain.First.Bytes);
        book.Add("ParticipantChain.Create", "keys and chain random from the seeded source", "ok", ("seed", "0000000000000064"));
        book.Add("RecoverySecret.DeriveRecoveryKey", "", "ok", ("beta", Hex(Beta(alice))), ("root", Hex(alice.Root.PublicKey.Bytes)), ("random", Hex(chain.First.Random)));
        book.Add("FirstLink.TryRead", "valid", "ok", ("bytes", first));
        book.Add("FirstLink.TryRead", "one byte short", "Truncated", ("bytes", first[..^2]));
        book.Add("FirstLink.TryRead", "one byte more", "TooLong", ("bytes", first + "00"));
        book.Add("FirstLink.TryRead", "version 2", "UnknownVersion", ("bytes", "02" + first[2..]));
        book.Add("FirstLink.TryRead", "recovery key of small order", "InvalidKey", ("bytes", first[..164] + "01" + new string('0', 62) + first[228..]));
        book.Add("FirstLink.TryRead", "signature changed", "InvalidSignature", ("bytes", first[..^2] + "ff"));

        var add = Person.Add(chain, alice.First, second);
        var restore = chain.BuildRestore(alice.Root, alice.Beta, alice.Device(), [alice.First.Signing.PublicKey], alice.NextRoot);
        book.Add("ParticipantChain.TryAppend", "AddDevice", "ok", ("first", first), ("links", Hex(add.Bytes)));
        book.Add("ParticipantChain.TryAppend", "restored from a copy", "ok", ("first", first), ("links", Hex(restore.Bytes)));
        _ = Person.Append(chain, add);
        var bySenior = chain.BuildRevoke(alice.First, second.Signing.PublicKey);
        var byJunior = chain.BuildRevoke(second, alice.First.Signing.PublicKey);
        var harmless = Person.Add(chain, alice.First, alice.Device());
        book.Add("ParticipantChain.TryAppend", "rule 1: the junior revokes the signer of the other branch", "ok", ("first", first), ("links", Join(add, harmless, byJunior)));
        book.Add("ParticipantChain.TryAppend", "rule 2: each revokes the other, the senior stands", "ok", ("first", first), ("links", Join(add, byJunior, bySenior)));
        book.Add("ParticipantChain.TryAppend", "rule 3: the lower hash stands", "ok", ("first", first), ("links", Join(add, harmless, Person.Add(chain, alice.First, alice.Device()))));
        book.Add("ParticipantChain.TryAppend", "a link without the one before it", "MissingPrevious", ("first", first), ("links", Hex(bySenior.Bytes)));
        book.Add("ParticipantChain.TryAppend", "a link of another chain", "WrongChain", ("first", Hex(new Person(101).Chain.First.Bytes)), ("links", Hex(add.Bytes)));
        book.Add("ParticipantChain.TryAppend", "signed by a key that is not in the chain", "NotEntitled", ("first", first), ("links", Hex(Person.Add(alice.View(), alice.Device(), alice.Device()).Bytes)));
        book.Add("ParticipantChain.TryAppend", "an unknown operation, then another link", "Stopped", ("first", first), ("links", Unknown(alice, 0x0042)));
        book.Add("ParticipantChain.TryAppend", "an unknown operation that may be passed over, then another link", "ok", ("first", first), ("links", Unknown(alice, 0x8042)));
        book.Add("ParticipantChain.TryAppend", "the last byte of the signature changed", "InvalidSignature", ("first", first), ("links", Hex(add.Bytes)[..^2] + "ff"));
        book.Add("ParticipantChain.TryAppend", "the added key's signature changed", "InvalidBackSignature", ("first", first), ("links", Hex(WithoutPossession(alice).Bytes)));
        book.Add("Link.TryRead", "heads of other chains in a participant chain", "InvalidOperation", ("bytes", Hex(add.Bytes)[..140] + "01" + Hex(add.Bytes)[142..]));
        book.Add("Link.TryRead", "cut inside an operation", "Truncated", ("bytes", Hex(add.Bytes)[..200]));
    }

    private static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input)
    {
        switch (operation)
        {
            case "ParticipantChain.Create":
                var seed = Convert.ToUInt64(input["seed"], 16);
                var person = new Person(seed);
                return ("ok", new() { ["first"] = Hex(person.Chain.First.Bytes), ["participant"] = Hex(person.Chain.Id.Bytes) });
            case "RecoverySecret.DeriveRecoveryKey":
                using (var beta = RecoverySecret.FromBytes(Bytes(input["beta"])))
                {
                    Assert.True(Ed25519PublicKey.TryRead(Bytes(input["root"]), out var root));
                    return ("ok", new() { ["key"] = Hex(beta.DeriveRecoveryKey(root, Bytes(input["random"])).Bytes) });
                }

            case "FirstLink.TryRead":
                var error = FirstLink.TryRead(Bytes(input["bytes"]), out var first);
                return (Name(error), first is null ? [] : new() { ["participant"] = Hex(first.Participant.Bytes) });
            case "Link.TryRead":
                return (Name(Link.TryRead(Bytes(input["bytes"]), out _)), []);
            case "ParticipantChain.TryAppend":
                return Append(input);
            default:
                throw new ArgumentException(operation);
        }
    }

    private static (string Expect, Dictionary<string, string> Out) Append(IReadOnlyDictionary<string, string> input)
    {
        Assert.Equal(ChainError.None, ParticipantChain.TryStart(Bytes(input["first"]), out var chain));
        foreach (var hex in input["links"].Split(' '))
        {
            var error = Link.TryRead(Bytes(hex), out var link);
            if (error == ChainError.None)
                error = chain!.TryAppend(link!, out _);
            if (error != ChainError.None)
                return (Name(error), []);
        }

        return ("ok", new()
        {
            ["sequence"] = $"{chain!.Head.Sequence}",
            ["head"] = Hex(chain.Head.Hash.Bytes),
            ["devices"] = string.Join(' ', chain.Devices.Select(d => Hex(d.Key.Bytes))),
            ["recovery"] = Hex(chain.RecoveryKey.Bytes),
            ["void"] = string.Join(' ', chain.VoidLinks.Select(l => Hex(l.Hash.Bytes))),
        });
    }

    private static string Name(ChainError error) => error == ChainError.None ? "ok" : error.ToString();

    private static string Join(params Link[] links) => string.Join(' ', links.Select(l => Hex(l.Bytes)));

    private static byte[] Beta(Person person)
    {
        var bytes = new byte[RecoverySecret.Size];
        person.Beta.ExportForVault(bytes);
        return bytes;
    }

    private static string Unknown(Person person, ushort code)
    {
        var view = person.View();
        var unknown = view.BuildForTestsOnly(person.First, LinkOperation.UnknownForTestsOnly(code, "later"u8));
        var ahead = person.View(unknown);
        return Join(unknown, Person.Add(ahead, person.First, person.Device()));
    }

    private static Link WithoutPossession(Person person)
    {
        var view = person.View();
        var victim = person.Device();
        var other = view.AcceptAdding(person.Device(), person.First.Signing.PublicKey);
        return view.BuildAddDevice(person.First, new AddedDevice(victim.Signing.PublicKey, victim.Agreement.PublicKey, other.BackSignature));
    }
}

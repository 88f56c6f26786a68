using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Protocol.Tests.Chains;
using Secrets.Transport.Rooms;
using static Secrets.Protocol.Tests.Chains.VectorBook;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>vectors/rooms: every public operation.</summary>
public sealed class RoomVectorTests
{
    private const string Relay = "net:relay.example:7401~shs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Master = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public async Task The_vectors_of_rooms_hold()
    {
        using var code = RoomCode.Generate(Relay, new SeededRandomForTestsOnly(1));
        using var password = RoomKeys.PasswordOf(code);
        _ = Ed25519PublicKey.TryRead(Ed25519PrivateKey.FromSeed(Bytes(Master)).PublicKey.Bytes, out var relay);
        using var master = await Argon2id.DeriveAsync(password.Memory, RoomKeys.SaltOf(relay), Argon2idParameters.Standard, RoomKeys.Size, CancellationToken.None);
        var book = VectorBook.Open("rooms", "docs/protocol/rooms.md");
        Fill(book, code, relay, Hex(master.Bytes));
        book.Check("rooms.json", 17, (operation, input) => Run(operation, input, Hex(master.Bytes)));
    }

    private static void Fill(VectorBook book, RoomCode code, in Ed25519PublicKey relay, string master)
    {
        var words = code.FormatWords();
        var typed = words.Split('-');
        var swapped = string.Join('-', typed[1], typed[0], typed[2], typed[3], typed[4], typed[5], typed[6], typed[7]);
        book.Add("RoomCode.Generate", "words drawn from the seeded source", "ok", ("seed", "0000000000000001"), ("relay", Relay));
        book.Add("RoomCode.TryParse", "as it is said", "ok", ("text", words));
        book.Add("RoomCode.TryParse", "capitals and blanks", "ok", ("text", words.ToUpperInvariant().Replace('-', ' ')));
        book.Add("RoomCode.TryParse", "the link", "ok", ("text", code.FormatLink("https://chat.example/")));
        book.Add("RoomCode.TryParse", "two words exchanged", "Typo", ("text", swapped));
        book.Add("RoomCode.TryParse", "a letter too many, which is found", "Typo", ("text", typed[0] + "q" + words[typed[0].Length..]));
        book.Add("RoomCode.TryParse", "seven words", "Malformed", ("text", string.Join('-', typed.Take(7))));
        book.Add("RoomKeys.Derive", "mk = Argon2id of the normal form", "ok", ("text", words), ("relayKey", Hex(relay.Bytes)), ("mk", master));

        var (joining, owner) = (Ed25519PrivateKey.FromSeed(Bytes(Master)), Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(2)));
        var (alice, bob) = (Session(3), Session(4));
        var opening = Statement.Open(joining, owner, alice, 50);
        Assert.Equal(StatementError.None, StatementChain.TryBegin(opening, opening.Address, out var chain));
        var remove = Statement.Remove(chain!, bob, owner);
        var lockIt = Statement.Next(chain!, StatementKind.Lock, owner);
        var list = Hex(opening.Bytes);
        book.Add("Statement.TryRead", "an opening", "None", ("bytes", list));
        book.Add("Statement.TryRead", "one byte short", "Truncated", ("bytes", list[..^2]));
        book.Add("Statement.TryRead", "one byte more", "TooLong", ("bytes", list + "00"));
        book.Add("Statement.TryRead", "version 2", "UnknownVersion", ("bytes", "02" + list[2..]));
        book.Add("StatementChain.TryAdd", "lock", "None", ("opening", list), ("next", Hex(lockIt.Bytes)));
        book.Add("StatementChain.TryAdd", "remove", "None", ("opening", list), ("next", Hex(remove.Bytes)));
        book.Add("StatementChain.TryAdd", "signature changed", "Rejected", ("opening", list), ("next", Hex(lockIt.Bytes)[..^2] + "00"));
        book.Add("RoomChallenge.TryWork", "the least number whose hash begins with ten zero bits", "ok", ("nonce", Master));
        book.Add("RoomMachine", "alice opens, bob joins, both are introduced, alice says a text", "ok", ("mk", Master), ("seed", "0000000000000005"));
    }

    private static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input, string master)
    {
        switch (operation)
        {
            case "RoomCode.Generate":
                using (var code = RoomCode.Generate(input["relay"], new SeededRandomForTestsOnly(Convert.ToUInt64(input["seed"], 16))))
                    return ("ok", new() { ["words"] = code.FormatWords(), ["text"] = code.FormatText() });
            case "RoomCode.TryParse":
                var error = RoomCode.TryParse(input["text"], out var read, out var position, out var suggestion);
                using (read)
                    return error == RoomCodeError.None ? ("ok", new() { ["words"] = read!.FormatWords() }) : (error.ToString(), suggestion is null ? [] : new() { ["position"] = $"{position}", ["suggestion"] = suggestion });
            case "RoomKeys.Derive":
                Assert.Equal(RoomCodeError.None, RoomCode.TryParse(input["text"], out var typed, out _, out _));
                using (var password = RoomKeys.PasswordOf(typed!))
                using (var keys = RoomKeys.FromMaster(Bytes(input["mk"])))
                {
                    Assert.Equal(master, input["mk"]);
                    Assert.True(Ed25519PublicKey.TryRead(Bytes(input["relayKey"]), out var relay));
                    return ("ok", new() { ["password"] = System.Text.Encoding.ASCII.GetString(password.Bytes), ["salt"] = Hex(RoomKeys.SaltOf(relay).Span), ["address"] = Hex(keys.Address.Bytes), ["room"] = Hex(keys.Room) });
                }
            case "Statement.TryRead":
                var form = Statement.TryRead(Bytes(input["bytes"]), out var statement);
                return (form.ToString(), statement is null ? [] : new() { ["hash"] = Hex(statement.Hash.Bytes) });
            case "StatementChain.TryAdd":
                Assert.Equal(StatementError.None, Statement.TryRead(Bytes(input["opening"]), out var opening));
                Assert.Equal(StatementError.None, StatementChain.TryBegin(opening!, opening!.Address, out var chain));
                Assert.Equal(StatementError.None, Statement.TryRead(Bytes(input["next"]), out var next));
                return (chain!.TryAdd(next!).ToString(), new() { ["head"] = Hex(chain.Head.Hash.Bytes) });
            case "RoomChallenge.TryWork":
                Assert.Equal(RoomItemError.None, RoomChallenge.TryRead([1, 1, RoomChallenge.MinBits, 0, .. Bytes(input["nonce"])], out var challenge));
                Assert.True(challenge.TryWork(0, 1 << 20, out var work));
                var bytes = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(bytes, work);
                return ("ok", new() { ["work"] = Hex(bytes) });
            default:
                return ("ok", Transcript(Convert.ToUInt64(input["seed"], 16)));
        }
    }

    private static Dictionary<string, string> Transcript(ulong seed)
    {
        var model = new RoomModel(seed);
        var alice = model.Open("Alice");
        var bob = model.Join("Bob");
        model.Settle(alice, bob);
        _ = alice.Say(RoomContent.OfText("Noodles at one?"), model.Now);
        model.Settle(alice, bob);
        Assert.Contains(RoomModel.Heard(bob), heard => heard.Kind == RoomHeardKind.Message && heard.Content!.Text == "Noodles at one?");
        var made = model.Items.Index().ToDictionary(pair => $"item {pair.Index + 1}", pair => Hex(pair.Item));
        made["alice"] = Hex(alice.Me.Bytes);
        made["bob"] = Hex(bob.Me.Bytes);
        made["words"] = string.Join(' ', bob.SafetyWords());
        return made;
    }

    private static SessionId Session(ulong seed) => SessionId.FromKey(Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(seed)).PublicKey);
}

using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Two people who agreed by a secret, with all that each of them has; everything random follows from a seed.</summary>
internal sealed class SessionPair
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    public const string Relay = "net:relay.example:7401~shs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public SessionPair(ulong seed, OfferKind kind = OfferKind.Link, AgreementContext context = default)
    {
        Random = new SeededRandomForTestsOnly(seed);
        Context = context;
        OwnerIdentity = X25519PrivateKey.Generate(Random);
        GuestIdentity = X25519PrivateKey.Generate(Random);
        OfferKeys = OfferKeys.Generate(Random);
        Offer = Offer.Create(kind, Now.AddDays(10), OwnerIdentity.PublicKey, OfferKeys, "first link of the owner"u8, "Alice", [Relay], Random);
        Secret = Secret.Of(Offer, [Relay]);
        Content = MakeContent(Random);
        Answer = new byte[GuestAgreement.GetAnswerSize(Content)];
        Assert.Equal(OfferError.None, GuestAgreement.TryCreate(Secret, Offer, context, GuestIdentity, Content, Random, Answer, out var guest));
        Assert.Equal(AnswerError.None, OwnerAgreement.TryAccept(Secret, Offer, OfferKeys, context, OwnerIdentity, Answer, out var owner, out var received, out _));
        GuestAgreed = guest!;
        OwnerAgreed = owner!;
        Received = received!;
    }

    public SeededRandomForTestsOnly Random { get; }

    public AgreementContext Context { get; }

    public X25519PrivateKey OwnerIdentity { get; }

    public X25519PrivateKey GuestIdentity { get; }

    public OfferKeys OfferKeys { get; }

    public Offer Offer { get; }

    public Secret Secret { get; }

    public AnswerContent Content { get; }

    public byte[] Answer { get; }

    public Agreement GuestAgreed { get; }

    public Agreement OwnerAgreed { get; }

    public AnswerContent Received { get; }

    public Session Owner => OwnerAgreed.Session;

    public Session Guest => GuestAgreed.Session;

    /// <summary>The pair after the owner's first message arrived, so that both can send.</summary>
    public static SessionPair Confirmed(ulong seed)
    {
        var pair = new SessionPair(seed);
        Assert.Equal("confirm", Open(pair.Guest, Seal(pair.Owner, "confirm", pair.Random)));
        return pair;
    }

    public static AnswerContent MakeContent(RandomSource random, string text = "Noodles at one?")
    {
        using var pairChannel = WriteCapability.Generate(random);
        using var dataChannel = WriteCapability.Generate(random);
        var links = new ReadOnlyMemory<byte>[] { "first link of the guest"u8.ToArray(), "second link"u8.ToArray() };
        return new AnswerContent(links, pairChannel.GrantRead(), dataChannel.GrantRead(), default, "Bob", [Relay, "ws://b.example/"], Encoding.UTF8.GetBytes(text));
    }

    public static byte[] Seal(Session session, string text, RandomSource random)
    {
        var message = new byte[Session.MessageSize];
        session.Encrypt(Encoding.UTF8.GetBytes(text), random, message);
        return message;
    }

    public static SessionError TryOpen(Session session, byte[] message, out string text, StepBudget? budget = null)
    {
        var plaintext = new byte[Session.MaxPlaintextSize];
        var error = session.TryDecrypt(message, budget ?? new StepBudget(Now), plaintext, out var length);
        text = Encoding.UTF8.GetString(plaintext, 0, length);
        return error;
    }

    public static string Open(Session session, byte[] message)
    {
        Assert.Equal(SessionError.None, TryOpen(session, message, out var text));
        return text;
    }

    public static byte[] Export(Session session)
    {
        var state = new byte[session.StateSize];
        session.Export(state);
        return state;
    }

    public static Session Clone(Session session)
    {
        Assert.Equal(SessionStateError.None, Session.TryImport(Export(session), out var copy));
        return copy!;
    }
}

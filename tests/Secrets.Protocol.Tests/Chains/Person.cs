using Secrets.Crypto;
using Secrets.Protocol.Chains;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>An identity with its backup root, β and devices, made from a seed.</summary>
internal sealed class Person
{
    public Person(ulong seed)
    {
        Random = new SeededRandomForTestsOnly(seed);
        Root = Ed25519PrivateKey.Generate(Random);
        NextRoot = Ed25519PrivateKey.Generate(Random);
        OtherRoot = Ed25519PrivateKey.Generate(Random);
        Beta = RecoverySecret.Generate(Random);
        First = DeviceKeys.Generate(Random);
        Chain = ParticipantChain.Create(First, Root.PublicKey, Beta, Random);
    }

    public RandomSource Random { get; }

    public Ed25519PrivateKey Root { get; }

    public Ed25519PrivateKey NextRoot { get; }

    public Ed25519PrivateKey OtherRoot { get; }

    public RecoverySecret Beta { get; }

    public DeviceKeys First { get; }

    public ParticipantChain Chain { get; }

    /// <summary>A new device; not yet in the chain.</summary>
    public DeviceKeys Device() => DeviceKeys.Generate(Random);

    /// <summary>What somebody knows who has only the first link.</summary>
    public ParticipantChain View(params Link[] links) => ViewOf(Chain.First, links);

    public static ParticipantChain ViewOf(FirstLink first, params Link[] links)
    {
        Assert.Equal(ChainError.None, ParticipantChain.TryStart(first.Bytes, out var chain));
        foreach (var link in links)
            Assert.Equal(ChainError.None, chain!.TryAppend(link, out _));
        return chain!;
    }

    public static Link Add(ParticipantChain chain, DeviceKeys signer, DeviceKeys added) =>
        chain.BuildAddDevice(signer, chain.AcceptAdding(added, signer.Signing.PublicKey));

    public static ChainChange Append(ParticipantChain chain, Link link)
    {
        Assert.Equal(ChainError.None, chain.TryAppend(link, out var change));
        return change;
    }

    public static Link Read(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(ChainError.None, Link.TryRead(bytes, out var link));
        return link!;
    }
}

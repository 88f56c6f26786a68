using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Sessions;

/// <summary>What a guest says about itself inside an answer: its links, capabilities, own secret, name, relays, a first text.</summary>
/// <remarks>
/// The creator of the object owns the two capabilities: <see cref="Dispose"/> wipes them. Links are opaque here, the first link of the
/// chain first; whoever returns from a copy adds the links after it. Table B.2. Spec: docs/protocol/sessions.md §3.4.
/// </remarks>
public sealed class AnswerContent : IDisposable
{
    /// <summary>Most links.</summary>
    public const int MaxLinks = 16;

    /// <summary>Makes the content; whether everything fits shows when the answer is made.</summary>
    /// <exception cref="ArgumentException">A field is not valid.</exception>
    public AnswerContent(IReadOnlyList<ReadOnlyMemory<byte>> links, ReadCapability pairChannel, ReadCapability dataChannel, SecretId ownSecret, string name, IReadOnlyList<string> relays, ReadOnlyMemory<byte> firstText)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(pairChannel);
        ArgumentNullException.ThrowIfNull(dataChannel);
        PersonName.Check(name);
        RelayAddresses.Check(relays);
        if (links.Count is 0 or > MaxLinks || links.Any(link => link.IsEmpty) || links[0].Length > Offer.MaxFirstLinkSize)
            throw new ArgumentException("1 to 16 links, the first of at most 220 bytes.", nameof(links));
        Links = links;
        PairChannel = pairChannel;
        DataChannel = dataChannel;
        OwnSecret = ownSecret;
        Name = name;
        Relays = relays;
        FirstText = firstText;
    }

    /// <summary>The links of the guest's participant chain, the first one first.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Links { get; }

    /// <summary>Where the guest's session messages will lie.</summary>
    public ReadCapability PairChannel { get; }

    /// <summary>Where the guest writes until the confirmation arrives.</summary>
    public ReadCapability DataChannel { get; }

    /// <summary>The id of the secret that the guest itself gave to the owner; none if it made none.</summary>
    public SecretId OwnSecret { get; }

    /// <summary>What the guest is called.</summary>
    public string Name { get; }

    /// <summary>The guest's relays.</summary>
    public IReadOnlyList<string> Relays { get; }

    /// <summary>A first text, or nothing. Opaque here.</summary>
    public ReadOnlyMemory<byte> FirstText { get; }

    /// <summary>Wipes the capabilities.</summary>
    public void Dispose()
    {
        PairChannel.Dispose();
        DataChannel.Dispose();
    }

    /// <summary>The name of the type; never the content.</summary>
    public override string ToString() => nameof(AnswerContent);
}

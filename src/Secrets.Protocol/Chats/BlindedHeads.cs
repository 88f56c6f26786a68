using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>How a message names others so that only those who hold them see it (decision 6).</summary>
/// <remarks>
/// Tag of head x in message y: BLAKE2b-64(key = ms_x, "head" ‖ ms_y). Reply: BLAKE2b-128(key = ms_x, "re" ‖ ms_y).
/// All places are always filled, the unused ones with random bytes, and in random order: a place that a reader
/// recognises says nothing about the others. Spec: docs/protocol/chats.md §3.2.
/// </remarks>
public static class BlindedHeads
{
    /// <summary>Size of a head's tag.</summary>
    public const int TagSize = 8;

    /// <summary>Size of a reply's tag.</summary>
    public const int ReplySize = 16;

    /// <summary>The tag by which message <paramref name="within"/> names <paramref name="named"/> as seen.</summary>
    public static void DeriveTag(in MessageSecret named, in MessageSecret within, Span<byte> tag) =>
        Derive(Labels.Head, named, within, tag, TagSize);

    /// <summary>The tag by which message <paramref name="within"/> answers <paramref name="named"/>.</summary>
    public static void DeriveReply(in MessageSecret named, in MessageSecret within, Span<byte> tag) =>
        Derive(Labels.Reply, named, within, tag, ReplySize);

    /// <summary>Fills all places: the heads in random places, random bytes in the rest.</summary>
    /// <exception cref="ArgumentException">More heads than places.</exception>
    public static void Fill(Span<byte> tags, IReadOnlyList<MessageSecret> heads, in MessageSecret within, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(random);
        var places = tags.Length / TagSize;
        if (heads.Count > places)
            throw new ArgumentException("There are more heads than places.", nameof(heads));
        random.Fill(tags);
        Span<byte> free = stackalloc byte[places];
        for (var i = 0; i < places; i++)
            free[i] = (byte)i;
        for (var i = 0; i < heads.Count; i++)
        {
            var drawn = i + (int)random.Next((uint)(places - i));
            (free[i], free[drawn]) = (free[drawn], free[i]);
            DeriveTag(heads[i], within, tags.Slice(free[i] * TagSize, TagSize));
        }
    }

    /// <summary>True if one of the places holds the head.</summary>
    public static bool Holds(ReadOnlySpan<byte> tags, in MessageSecret named, in MessageSecret within)
    {
        Span<byte> tag = stackalloc byte[TagSize];
        DeriveTag(named, within, tag);
        var found = false;
        for (; tags.Length >= TagSize; tags = tags[TagSize..])
            found |= CryptographicOperations.FixedTimeEquals(tags[..TagSize], tag);
        return found;
    }

    private static void Derive(ReadOnlySpan<byte> label, in MessageSecret named, in MessageSecret within, Span<byte> tag, int size)
    {
        if (tag.Length != size)
            throw new ArgumentException("The tag has another length.", nameof(tag));
        Span<byte> message = stackalloc byte[label.Length + MessageSecret.Size];
        label.CopyTo(message);
        within.Bytes.CopyTo(message[label.Length..]);
        Blake2b.Hash(tag, message, named.Bytes);
    }
}

using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>The words by which two people find whoever stands between them: 44 bits as four numbers of 11.</summary>
/// <remarks>H("secrets/1/call", asker's fingerprint, answerer's, asker's nonce, answerer's). Spec: docs/protocol/calls.md §3.5.</remarks>
public static class CallWords
{
    /// <summary>How many words.</summary>
    public const int Count = 4;

    private const int BitsPerWord = 11;
    private const int Step = 3;

    /// <summary>The places of the words in the list of words, from 0.</summary>
    public static IReadOnlyList<int> Derive(Hash256 askerFingerprint, Hash256 answererFingerprint, Hash256 askerNonce, Hash256 answererNonce)
    {
        var hash = LabelledHash.Start(Labels.Words).Add(askerFingerprint.Bytes).Add(answererFingerprint.Bytes).Add(askerNonce.Bytes).Add(answererNonce.Bytes).Finish();
        var bits = BinaryPrimitives.ReadUInt64BigEndian(hash.Bytes);
        var places = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            places[i] = Step * (int)(bits >> (64 - BitsPerWord));
            bits <<= BitsPerWord;
        }

        return places;
    }
}

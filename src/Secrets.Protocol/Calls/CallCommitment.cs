using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>What the asker of a leg commits to before it knows anything of the answerer.</summary>
/// <remarks>H("secrets/1/call-commit", call id, fingerprint, nonce). Spec: docs/protocol/calls.md §4.1.</remarks>
public static class CallCommitment
{
    /// <summary>The commitment of a certificate and a nonce in a call.</summary>
    public static Hash256 Derive(CallId call, Hash256 fingerprint, Hash256 nonce) =>
        LabelledHash.Start(Labels.Commitment).Add(call.Bytes).Add(fingerprint.Bytes).Add(nonce.Bytes).Finish();
}

using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The end-to-end encryption between two devices in one chat: a double ratchet with encrypted headers and an ML-KEM-768 step in every root step.</summary>
/// <remarks>
/// One owner, one thread. Every message has 4,052 bytes. The caller persists <see cref="Export"/> before it acts on a result: before
/// the network sees what <see cref="Encrypt"/> gave, and together with what <see cref="TryDecrypt"/> gave. A refused message changes nothing.
/// Decisions 3 and 21, table B.3. Spec: docs/protocol/sessions.md §4.6 to §4.8.
/// </remarks>
public sealed partial class Session : IDisposable
{
    /// <summary>Size of every message in bytes: the body of one box.</summary>
    public const int MessageSize = EncryptedHeaderSize + SyntheticAead.Overhead + MaxPlaintextSize;

    /// <summary>Longest plaintext in bytes; a shorter one is padded.</summary>
    public const int MaxPlaintextSize = 1652;

    /// <summary>Keys of skipped messages that are kept; the oldest go first.</summary>
    public const int MaxSkippedKeys = 2000;

    /// <summary>How far ahead of its turn a message may be.</summary>
    public const int MaxJump = 25_000;

    /// <summary>Chain steps that one call does at most.</summary>
    public const int MaxStepsAtOnce = 1000;

    private const int EncryptedHeaderSize = XChaCha20Poly1305.NonceSize + SessionHeader.Size + XChaCha20Poly1305.TagSize;
    private const int KeySize = KeySchedule.KeySize;

    // header keys tried: the present one, the next one, three older
    private const int MaxOldChains = 3;

    private readonly Hash256 _transcript;
    private readonly AgreementRole _role;
    private readonly SecretBuffer _keys = new(6 * KeySize); // rk ‖ HKs ‖ NHKs ‖ CKs ‖ NHKr ‖ CKr
    private readonly byte[] _sendHeader = new byte[SessionHeader.Size];
    private readonly byte[] _ownStepKeys = new byte[StepKeys.Size];
    private readonly byte[] _peerStepKeys = new byte[StepKeys.Size];
    private readonly List<ReceivingChain> _oldChains = []; // the oldest first
    private ReceivingChain? _receiving;
    private RatchetKeyPair? _own;
    private SkipWork? _work;
    private bool _canSend;
    private bool _stepPending;
    private uint _sendNumber;
    private uint _previousCount;
    private uint _receiveNumber;
    private uint _rootSteps;

    private Session(AgreementRole role, Hash256 transcript)
    {
        _role = role;
        _transcript = transcript;
    }

    /// <summary>th2, the name of this session.</summary>
    public Hash256 Transcript => _transcript;

    /// <summary>Which side this is.</summary>
    public AgreementRole Role => _role;

    /// <summary>False on the guest's side until the first message arrived.</summary>
    public bool CanEncrypt => _canSend || _stepPending;

    /// <summary>Root steps so far, of both sides: two more than before means that both have put in new keys (rotation rule of decision 1).</summary>
    public uint RootSteps => _rootSteps;

    private Span<byte> RootKey => _keys.Bytes[..KeySize];

    private Span<byte> SendHeaderKey => _keys.Bytes.Slice(KeySize, KeySize);

    private Span<byte> NextSendHeaderKey => _keys.Bytes.Slice(2 * KeySize, KeySize);

    private Span<byte> SendChainKey => _keys.Bytes.Slice(3 * KeySize, KeySize);

    private Span<byte> NextReceiveHeaderKey => _keys.Bytes.Slice(4 * KeySize, KeySize);

    private Span<byte> ReceiveChainKey => _keys.Bytes.Slice(5 * KeySize, KeySize);

    /// <summary>The owner: its first message makes the first root step, towards the guest's g.r and g.rek, under hk_O.</summary>
    internal static Session StartAsOwner(Hash256 transcript, ReadOnlySpan<byte> rootKey, ReadOnlySpan<byte> ownerHeaderKey, ReadOnlySpan<byte> guestNextHeaderKey, in X25519PublicKey peerKey, MlKemEncapsulationKey peerEncapsulationKey)
    {
        var session = new Session(AgreementRole.Owner, transcript) { _stepPending = true };
        rootKey.CopyTo(session.RootKey);
        ownerHeaderKey.CopyTo(session.NextSendHeaderKey);
        guestNextHeaderKey.CopyTo(session.NextReceiveHeaderKey);
        peerKey.Bytes.CopyTo(StepKeys.Agreement(session._peerStepKeys.AsSpan()));
        peerEncapsulationKey.Bytes.CopyTo(StepKeys.Encapsulation(session._peerStepKeys.AsSpan()));
        return session;
    }

    /// <summary>The guest: waits for the owner's first message with its pairs g.r and g.rek, which it takes over.</summary>
    internal static Session StartAsGuest(Hash256 transcript, ReadOnlySpan<byte> rootKey, ReadOnlySpan<byte> ownerHeaderKey, ReadOnlySpan<byte> guestNextHeaderKey, RatchetKeyPair ratchet)
    {
        var session = new Session(AgreementRole.Guest, transcript) { _own = ratchet };
        rootKey.CopyTo(session.RootKey);
        ownerHeaderKey.CopyTo(session.NextReceiveHeaderKey);
        guestNextHeaderKey.CopyTo(session.NextSendHeaderKey);
        return session;
    }

    /// <summary>Wipes all keys.</summary>
    public void Dispose()
    {
        _keys.Dispose();
        _own?.Dispose();
        _work?.Dispose();
        _receiving?.Dispose();
        foreach (var chain in _oldChains)
            chain.Dispose();
        _oldChains.Clear();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Session);

    private static int WriteHeaderAssociatedData(Span<byte> destination, AgreementRole sender)
    {
        Labels.Header.CopyTo(destination);
        var end = Labels.Header.Length;
        destination[end] = SessionSuite.Current >> 8;
        destination[end + 1] = SessionSuite.Current & 0xff;
        destination[end + 2] = (byte)sender;
        return end + 3;
    }

    // th2 ‖ direction ‖ encrypted header
    private void WriteBodyAssociatedData(Span<byte> destination, AgreementRole sender, ReadOnlySpan<byte> encryptedHeader)
    {
        _transcript.Bytes.CopyTo(destination);
        destination[Hash256.Size] = (byte)sender;
        encryptedHeader.CopyTo(destination[(Hash256.Size + 1)..]);
    }
}

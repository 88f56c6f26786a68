using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <content>Receiving.</content>
public sealed partial class Session
{
    private enum HeaderOrigin
    {
        None,
        Present,
        Next,
        Old,
    }

    /// <summary>
    /// Decrypts a message of the peer; <paramref name="plaintext"/> has room for 1,652 bytes. Unless the answer is <see cref="SessionError.None"/>
    /// the state is what it was before, to the byte. After <see cref="SessionError.NeedsMoreWork"/> the same message is tried again.
    /// </summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public SessionError TryDecrypt(ReadOnlySpan<byte> message, StepBudget budget, Span<byte> plaintext, out int length)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (plaintext.Length < MaxPlaintextSize)
            throw new ArgumentException("Room for 1,652 bytes is needed.", nameof(plaintext));
        length = 0;
        if (message.Length != MessageSize)
            return SessionError.Malformed;

        Span<byte> header = stackalloc byte[SessionHeader.Size];
        var origin = OpenHeader(message[..EncryptedHeaderSize], header, out var oldChain);
        if (origin == HeaderOrigin.None || !SessionHeader.IsWellFormed(header))
            return SessionError.Rejected;
        var error = origin switch
        {
            HeaderOrigin.Old => OpenSkipped(_oldChains[oldChain], message, header, plaintext),
            HeaderOrigin.Present => OpenInPresentChain(message, header, budget, plaintext),
            HeaderOrigin.Next => OpenInNextChain(message, header, budget, plaintext),
            HeaderOrigin.None => SessionError.Rejected,
        };
        if (error == SessionError.None)
            length = SessionHeader.BodyLength(header);
        else
            CryptographicOperations.ZeroMemory(plaintext[..MaxPlaintextSize]);
        return error;
    }

    private HeaderOrigin OpenHeader(ReadOnlySpan<byte> encryptedHeader, Span<byte> header, out int oldChain)
    {
        oldChain = -1;
        Span<byte> associatedData = stackalloc byte[64];
        var sender = _role == AgreementRole.Owner ? AgreementRole.Guest : AgreementRole.Owner;
        associatedData = associatedData[..WriteHeaderAssociatedData(associatedData, sender)];
        if (_receiving is not null && TryOpenHeader(encryptedHeader, header, associatedData, _receiving.HeaderKey))
            return HeaderOrigin.Present;
        // without own keys there is nothing that a step of the peer could have been made towards
        if (_own is not null && TryOpenHeader(encryptedHeader, header, associatedData, NextReceiveHeaderKey))
            return HeaderOrigin.Next;
        for (oldChain = _oldChains.Count - 1; oldChain >= 0; oldChain--)
        {
            if (TryOpenHeader(encryptedHeader, header, associatedData, _oldChains[oldChain].HeaderKey))
                return HeaderOrigin.Old;
        }
        return HeaderOrigin.None;
    }

    private static bool TryOpenHeader(ReadOnlySpan<byte> encryptedHeader, Span<byte> header, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> key) =>
        XChaCha20Poly1305.TryOpen(header, encryptedHeader[XChaCha20Poly1305.NonceSize..], associatedData, encryptedHeader[..XChaCha20Poly1305.NonceSize], key);

    private SessionError OpenSkipped(ReceivingChain chain, ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, Span<byte> plaintext)
    {
        var index = chain.Skipped.IndexOf(SessionHeader.Number(header));
        if (index < 0)
            return SessionError.Duplicate;
        if (!TryOpenBody(message, header, chain.Skipped.KeyAt(index), plaintext))
            return SessionError.Rejected;
        chain.Skipped.RemoveAt(index);
        if (chain != _receiving && chain.Skipped.Count == 0)
        {
            _ = _oldChains.Remove(chain);
            chain.Dispose();
        }
        DropWork();
        return SessionError.None;
    }

    private SessionError OpenInPresentChain(ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, StepBudget budget, Span<byte> plaintext)
    {
        if (_receiving is null || !SessionHeader.HasStepKeys(header, _peerStepKeys))
            return SessionError.Rejected;
        var number = SessionHeader.Number(header);
        if (number < _receiveNumber)
            return OpenSkipped(_receiving, message, header, plaintext);
        if (number == _receiveNumber)
            return OpenNext(message, header, plaintext);
        if (number - _receiveNumber > MaxJump || number == uint.MaxValue)
            return SessionError.TooFarAhead;

        var work = Resume(message) ?? new SkipWork(ReceiveChainKey, _receiveNumber, number);
        return Work(work, message, header, budget, plaintext);
    }

    // the common case: the message whose turn it is
    private SessionError OpenNext(ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, Span<byte> plaintext)
    {
        if (_receiveNumber == uint.MaxValue)
            return SessionError.TooFarAhead;
        Span<byte> key = stackalloc byte[ChainKey.Size];
        ChainKey.DeriveMessageKey(ReceiveChainKey, key);
        var opened = TryOpenBody(message, header, key, plaintext);
        CryptographicOperations.ZeroMemory(key);
        if (!opened)
            return SessionError.Rejected;
        ChainKey.Advance(ReceiveChainKey);
        _receiveNumber++;
        DropWork();
        return SessionError.None;
    }

    private SessionError OpenInNextChain(ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, StepBudget budget, Span<byte> plaintext)
    {
        var number = SessionHeader.Number(header);
        var previous = SessionHeader.PreviousCount(header);
        if (_own is null || previous < _receiveNumber)
            return SessionError.Rejected; // a chain doesn't end before a message that was received in it
        if ((ulong)(previous - _receiveNumber) + number > MaxJump)
            return SessionError.TooFarAhead;

        var work = Resume(message);
        if (work is null)
        {
            Span<byte> stepKeys = stackalloc byte[StepKeys.Size];
            Span<byte> step = stackalloc byte[RootStep.OutputSize];
            SessionHeader.CopyStepKeys(header, stepKeys);
            if (!RootStep.TryReceive(step, RootKey, _own, stepKeys))
                return SessionError.Rejected;
            work = new SkipWork(ReceiveChainKey, _receiveNumber, previous, step, number);
            CryptographicOperations.ZeroMemory(step);
        }
        return Work(work, message, header, budget, plaintext);
    }

    private SkipWork? Resume(ReadOnlySpan<byte> message) => _work is not null && _work.Message == Hash256.Of(message) ? _work : null;

    private SessionError Work(SkipWork work, ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, StepBudget budget, Span<byte> plaintext)
    {
        if (work != _work)
            DropWork();
        _work = work;
        budget.Spend(work.Run(Math.Min(MaxStepsAtOnce, budget.Remaining)));
        if (!work.IsDone)
        {
            work.Message = Hash256.Of(message);
            return SessionError.NeedsMoreWork;
        }

        Span<byte> key = stackalloc byte[ChainKey.Size];
        ChainKey.DeriveMessageKey(work.Chain, key);
        var opened = TryOpenBody(message, header, key, plaintext);
        CryptographicOperations.ZeroMemory(key);
        if (opened)
            Commit(work, header);
        DropWork();
        return opened ? SessionError.None : SessionError.Rejected;
    }

    // the body is verified: from here on the message counts
    private void Commit(SkipWork work, ReadOnlySpan<byte> header)
    {
        if (work.IsStep)
            CommitStep(work, header);
        _receiving!.Skipped.AddAll(work.Skipped);
        work.Chain.CopyTo(ReceiveChainKey);
        ChainKey.Advance(ReceiveChainKey);
        _receiveNumber = work.Target + 1;
        DropExcess();
    }

    private void CommitStep(SkipWork work, ReadOnlySpan<byte> header)
    {
        if (_receiving is not null)
        {
            _receiving.Skipped.AddAll(work.OldSkipped);
            if (_receiving.Skipped.Count > 0)
                _oldChains.Add(_receiving);
            else
                _receiving.Dispose();
        }
        _receiving = new ReceivingChain(NextReceiveHeaderKey);
        work.Step[..KeySize].CopyTo(RootKey);
        work.Step[(2 * KeySize)..].CopyTo(NextReceiveHeaderKey);
        SessionHeader.CopyStepKeys(header, _peerStepKeys);
        // the own keys have done their work, and what the own chain sent is behind us: the next message makes new ones
        _own?.Dispose();
        _own = null;
        SendChainKey.Clear();
        SendHeaderKey.Clear();
        _canSend = false;
        _stepPending = true;
        _rootSteps++;
    }

    private void DropExcess()
    {
        while (_oldChains.Count > MaxOldChains)
            DropOldest();
        var excess = _oldChains.Sum(chain => chain.Skipped.Count) + _receiving!.Skipped.Count - MaxSkippedKeys;
        while (excess > 0 && _oldChains.Count > 0)
        {
            var dropped = Math.Min(excess, _oldChains[0].Skipped.Count);
            _oldChains[0].Skipped.RemoveOldest(dropped);
            excess -= dropped;
            if (_oldChains[0].Skipped.Count == 0)
                DropOldest();
        }
        if (excess > 0)
            _receiving.Skipped.RemoveOldest(excess);
    }

    private void DropOldest()
    {
        _oldChains[0].Dispose();
        _oldChains.RemoveAt(0);
    }

    private void DropWork()
    {
        _work?.Dispose();
        _work = null;
    }

    private bool TryOpenBody(ReadOnlySpan<byte> message, ReadOnlySpan<byte> header, ReadOnlySpan<byte> messageKey, Span<byte> plaintext)
    {
        Span<byte> bodyKey = stackalloc byte[SyntheticAead.KeySize];
        ChainKey.DeriveBodyKey(messageKey, bodyKey);
        Span<byte> associatedData = stackalloc byte[Hash256.Size + 1 + EncryptedHeaderSize];
        WriteBodyAssociatedData(associatedData, _role == AgreementRole.Owner ? AgreementRole.Guest : AgreementRole.Owner, message[..EncryptedHeaderSize]);
        var padded = plaintext[..MaxPlaintextSize];
        var opened = SyntheticAead.TryOpen(padded, message[EncryptedHeaderSize..], associatedData, bodyKey);
        CryptographicOperations.ZeroMemory(bodyKey);
        // what pads the plaintext is zero, so that a message has one form
        return opened && !padded[SessionHeader.BodyLength(header)..].ContainsAnyExcept((byte)0);
    }
}

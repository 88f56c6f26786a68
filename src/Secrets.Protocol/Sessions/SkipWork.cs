using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The chain steps that one message ahead of its turn needs; done in slices, and forgotten unless the message proves right.</summary>
/// <remarks>Of what is skipped only the last 2,000 keys are made. Never stored. Decision 21, E-21. Spec: docs/protocol/sessions.md §4.8.</remarks>
internal sealed class SkipWork : IDisposable
{
    private readonly SecretBuffer _oldChain = new(ChainKey.Size);
    private readonly SecretBuffer _chain = new(ChainKey.Size);
    private readonly SecretBuffer _step = new(RootStep.OutputSize);
    private uint _oldNumber;
    private uint _number;

    /// <summary>Work in the present chain: from its number to the message's.</summary>
    public SkipWork(ReadOnlySpan<byte> chainKey, uint from, uint to)
    {
        chainKey.CopyTo(_chain.Bytes);
        _number = from;
        Target = to;
    }

    /// <summary>Work for a message that begins a new chain: the old one is finished first.</summary>
    public SkipWork(ReadOnlySpan<byte> oldChainKey, uint oldFrom, uint oldTo, ReadOnlySpan<byte> step, uint to)
    {
        IsStep = true;
        oldChainKey.CopyTo(_oldChain.Bytes);
        _oldNumber = oldFrom;
        OldTarget = oldTo;
        step.CopyTo(_step.Bytes);
        step.Slice(KeySchedule.KeySize, ChainKey.Size).CopyTo(_chain.Bytes);
        Target = to;
    }

    /// <summary>Hash of the message that this work is for; set when the work is kept for another call.</summary>
    public Hash256 Message { get; set; }

    public bool IsStep { get; }

    public uint OldTarget { get; }

    public uint Target { get; }

    public bool IsDone => _oldNumber == OldTarget && _number == Target;

    /// <summary>rk ‖ ck ‖ nhk of a new chain.</summary>
    public ReadOnlySpan<byte> Step => _step.Bytes;

    /// <summary>The chain key at the message's number, once done.</summary>
    public Span<byte> Chain => _chain.Bytes;

    public SkippedMessageKeys OldSkipped { get; } = new();

    public SkippedMessageKeys Skipped { get; } = new();

    /// <summary>Does at most so many steps; returns how many.</summary>
    public int Run(int limit)
    {
        var left = limit;
        while (left > 0 && _oldNumber != OldTarget)
        {
            StepOnce(_oldChain.Bytes, ref _oldNumber, OldTarget, OldSkipped);
            left--;
        }
        while (left > 0 && _number != Target)
        {
            StepOnce(_chain.Bytes, ref _number, Target, Skipped);
            left--;
        }
        return limit - left;
    }

    public void Dispose()
    {
        _oldChain.Dispose();
        _chain.Dispose();
        _step.Dispose();
        OldSkipped.Dispose();
        Skipped.Dispose();
    }

    private static void StepOnce(Span<byte> chainKey, ref uint number, uint target, SkippedMessageKeys skipped)
    {
        if (target - number <= Session.MaxSkippedKeys)
        {
            Span<byte> key = stackalloc byte[ChainKey.Size];
            ChainKey.DeriveMessageKey(chainKey, key);
            skipped.Add(number, key);
            CryptographicOperations.ZeroMemory(key);
        }
        ChainKey.Advance(chainKey);
        number++;
    }
}

using System.Collections.Immutable;
using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>Who is entitled after one link of one branch: the devices, the recovery key and every key ever used.</summary>
internal sealed class ChainPosition
{
    public const int MaxDevices = 64;

    /// <summary>Rank of the recovery key: more senior than every device (decision 5, rule 2).</summary>
    public const int RecoveryRank = 0;

    private readonly ImmutableHashSet<Hash256> _used;

    private ChainPosition(ImmutableArray<ChainDevice> devices, in Ed25519PublicKey recovery, ImmutableHashSet<Hash256> used)
    {
        Devices = devices;
        Recovery = recovery;
        _used = used;
    }

    /// <summary>Devices in the order in which they were added.</summary>
    public ImmutableArray<ChainDevice> Devices { get; }

    public Ed25519PublicKey Recovery { get; }

    public static ChainPosition Start(FirstLink link)
    {
        ImmutableHashSet<Hash256> used = [Name(link.Device.Bytes), Name(link.Agreement.Bytes), Name(link.Recovery.Bytes)];
        return new ChainPosition([new ChainDevice(link.Device, link.Agreement, 0)], link.Recovery, used);
    }

    /// <summary>Seniority of a signer, or null if it is not entitled here. Lower is more senior.</summary>
    public int? Rank(Ed25519PublicKey signer)
    {
        if (signer == Recovery)
            return RecoveryRank;
        for (var i = 0; i < Devices.Length; i++)
        {
            if (Devices[i].Key == signer)
                return i + 1;
        }

        return null;
    }

    /// <summary>The position after the link, or why there is none. Unknown operations are passed over here; the caller looks at them.</summary>
    public ChainError TryApply(Link link, out ChainPosition? next)
    {
        next = null;
        if (Rank(link.Signer) is not { } rank)
            return ChainError.NotEntitled;
        if (!link.HasValidSignature())
            return ChainError.InvalidSignature;
        var replaces = link.Operations.Any(o => o.Kind == LinkOperationKind.ReplaceRecovery);
        // each use of the backup root replaces it, and nothing else can (decision 4)
        if (replaces != (rank == RecoveryRank))
            return ChainError.NotEntitled;

        var position = this;
        foreach (var operation in link.Operations)
        {
            var error = position.TryApply(link, operation, out var after);
            if (error != ChainError.None || after is null)
                return error;
            position = after;
        }

        next = position;
        return ChainError.None;
    }

    private ChainError TryApply(Link link, LinkOperation operation, out ChainPosition? next)
    {
        next = this;
        return operation.Kind switch
        {
            LinkOperationKind.Unknown => ChainError.None,
            LinkOperationKind.AddDevice => TryAdd(link, operation, out next),
            LinkOperationKind.Revoke => TryRevoke(operation, out next),
            LinkOperationKind.ReplaceRecovery => TryReplace(link, operation, out next),
        };
    }

    private ChainError TryAdd(Link link, LinkOperation operation, out ChainPosition? next)
    {
        next = null;
        if (Devices.Length >= MaxDevices)
            return ChainError.TooMany;
        var key = Name(operation.Key.Bytes);
        var agreement = Name(operation.Agreement.Bytes);
        if (_used.Contains(key) || _used.Contains(agreement))
            return ChainError.KeyReused;
        if (!HasValidBackSignature(link, operation, operation.Agreement.Bytes))
            return ChainError.InvalidBackSignature;
        var device = new ChainDevice(operation.Key, operation.Agreement, link.Sequence);
        next = new ChainPosition(Devices.Add(device), Recovery, _used.Add(key).Add(agreement));
        return ChainError.None;
    }

    private ChainError TryRevoke(LinkOperation operation, out ChainPosition? next)
    {
        next = null;
        foreach (var device in Devices)
        {
            if (device.Key != operation.Key)
                continue;
            next = new ChainPosition(Devices.Remove(device), Recovery, _used);
            return ChainError.None;
        }

        return ChainError.UnknownDevice;
    }

    private ChainError TryReplace(Link link, LinkOperation operation, out ChainPosition? next)
    {
        next = null;
        // two replacements in one link would leave the first without effect
        if (Recovery != link.Signer)
            return ChainError.InvalidOperation;
        var key = Name(operation.Key.Bytes);
        if (_used.Contains(key))
            return ChainError.KeyReused;
        if (!HasValidBackSignature(link, operation, []))
            return ChainError.InvalidBackSignature;
        next = new ChainPosition(Devices, operation.Key, _used.Add(key));
        return ChainError.None;
    }

    private static bool HasValidBackSignature(Link link, LinkOperation operation, ReadOnlySpan<byte> agreement)
    {
        var hash = LinkOperation.AddedHash(link.Chain, link.Sequence, link.Previous, link.Signer, operation.Kind, operation.Key.Bytes, agreement);
        return LinkSignature.Verify(Labels.SignAdded, hash, operation.Key, operation.BackSignature);
    }

    private static Hash256 Name(ReadOnlySpan<byte> key)
    {
        _ = Hash256.TryRead(key, out var name);
        return name;
    }
}

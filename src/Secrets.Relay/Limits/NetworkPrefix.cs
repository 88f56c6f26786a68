using System.Net;
using System.Net.Sockets;

namespace Secrets.Relay.Limits;

/// <summary>The network that an address belongs to, as limits count it: /24 of IPv4, /56 of IPv6. Kept in memory only.</summary>
internal readonly struct NetworkPrefix : IEquatable<NetworkPrefix>
{
    private const int Bits4 = 24;
    private const int Bits6 = 56;

    private readonly ulong _bits;
    private readonly bool _isSix;

    private NetworkPrefix(ulong bits, bool isSix)
    {
        _bits = bits;
        _isSix = isSix;
    }

    /// <summary>The network of an address; false for none and for the own machine, whose connections are counted one by one only.</summary>
    public static bool TryGet(IPAddress? address, out NetworkPrefix prefix)
    {
        prefix = default;
        if (address is null || IPAddress.IsLoopback(address))
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out _))
            return false;
        var isSix = address.AddressFamily is AddressFamily.InterNetworkV6;
        var first = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        prefix = new NetworkPrefix(first >> (64 - (isSix ? Bits6 : Bits4)), isSix);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(NetworkPrefix other) => _bits == other._bits && _isSix == other._isSix;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkPrefix other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bits, _isSix);

    /// <summary>The name of the type; never the address.</summary>
    public override string ToString() => nameof(NetworkPrefix);
}

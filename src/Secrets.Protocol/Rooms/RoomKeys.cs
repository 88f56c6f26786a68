using System.Text;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>What a code gives at one relay: mk, the joining key whose public half is the room's address, and the key of join messages.</summary>
/// <remarks>Decision 24. Spec: docs/protocol/rooms.md §2.</remarks>
public sealed class RoomKeys : IDisposable
{
    /// <summary>Size of mk in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBuffer _master;
    private readonly SecretBuffer _room = new(Size);

    private RoomKeys(SecretBuffer master)
    {
        _master = master;
        using var seed = new SecretBuffer(Ed25519PrivateKey.SeedSize);
        Hkdf.ExpandSha256(seed.Bytes, master.Bytes, Labels.JoiningSeed);
        Joining = Ed25519PrivateKey.FromSeed(seed.Bytes);
        Hkdf.ExpandSha256(_room.Bytes, master.Bytes, Labels.RoomKey);
        Address = RoomAddress.FromKey(Joining.PublicKey);
    }

    /// <summary>Where the room is.</summary>
    public RoomAddress Address { get; }

    /// <summary>Proves the code.</summary>
    internal Ed25519PrivateKey Joining { get; }

    internal ReadOnlySpan<byte> Master => _master.Bytes;

    /// <summary>The key of join messages.</summary>
    internal ReadOnlySpan<byte> Room => _room.Bytes;

    /// <summary>The keys of mk = Argon2id(<see cref="PasswordOf"/>, <see cref="SaltOf"/>, <see cref="Argon2idParameters.Standard"/>), 32 bytes; the caller wipes its own.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static RoomKeys FromMaster(ReadOnlySpan<byte> master) => master.Length == Size ? new(new SecretBuffer(master)) : throw new ArgumentException("mk has 32 bytes.", nameof(master));

    /// <summary>The normal form of a code; the caller wipes it.</summary>
    public static SecretBuffer PasswordOf(RoomCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new SecretBuffer(Encoding.ASCII.GetBytes(code.NormalForm()));
    }

    /// <summary>The salt of codes at the relay with this id: another relay, another room.</summary>
    public static ReadOnlyMemory<byte> SaltOf(in Ed25519PublicKey relay) => LabelledHash.Start(Labels.Room).Add(relay.Bytes).Finish().Bytes[..Argon2id.SaltSize].ToArray();

    /// <summary>Wipes them.</summary>
    public void Dispose()
    {
        _master.Dispose();
        _room.Dispose();
        Joining.Dispose();
    }

    /// <summary>The name of the type; never the keys.</summary>
    public override string ToString() => nameof(RoomKeys);
}

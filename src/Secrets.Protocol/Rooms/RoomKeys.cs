using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>What a code gives at one relay: mk, the joining key whose public half is the room's address, and the key of join messages.</summary>
/// <remarks>Decision 24. Spec: docs/protocol/rooms.md §2.</remarks>
public sealed class RoomKeys : IDisposable
{
    internal const int Size = 32;

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

    /// <summary>Derives the keys of a code at the relay with this id; takes tenths of a second and 64 MiB.</summary>
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
    public static async ValueTask<RoomKeys> DeriveAsync(RoomCode code, Ed25519PublicKey relay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        // the cost is fixed by the version: with another one the code would be another room
        var password = Encoding.ASCII.GetBytes(code.NormalForm());
        var salt = LabelledHash.Start(Labels.Room).Add(relay.Bytes).Finish().Bytes[..Argon2id.SaltSize].ToArray();
        try
        {
            return new RoomKeys(await Argon2id.DeriveAsync(password, salt, Argon2idParameters.Standard, Size, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    /// <summary>Wipes them.</summary>
    public void Dispose()
    {
        _master.Dispose();
        _room.Dispose();
        Joining.Dispose();
    }

    /// <summary>The name of the type; never the keys.</summary>
    public override string ToString() => nameof(RoomKeys);

    internal static RoomKeys FromMaster(ReadOnlySpan<byte> master) => new(new SecretBuffer(master));
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>Bodies of frames: sealed, padded and signed; opened.</summary>
/// <remarks>Spec: docs/protocol/rooms.md §3.6.</remarks>
internal static class RoomSealing
{
    public const int SaltSize = 32;
    public const int SignSize = 32;

    private const int SignatureSize = Ed25519Signature.Size;
    private const int TagSize = Aes256Gcm.TagSize;
    private const int JoinHeadSize = 1 + SaltSize;
    private const int PrivateHeadSize = 1 + X25519PublicKey.Size + SaltSize;
    private const int CountedHeadSize = 1 + sizeof(ulong) + sizeof(ulong); // type, key id, counter or number
    private const uint SignNonce = 1;
    private const uint PieceNonce = 2;

    /// <summary>The size that so many bytes are padded to; 0: too many.</summary>
    public static int ClassOf(int length) => length switch
    {
        <= 512 => 512,
        <= 2_048 => 2_048,
        <= 8_192 => 8_192,
        <= 32_768 => 32_768,
        <= 65_536 => 65_536,
        _ => 0,
    };

    /// <summary>1 ‖ salt ‖ ciphertext ‖ signature.</summary>
    public static ReadOnlyMemory<byte> SealJoin(RoomKeys keys, Ed25519PrivateKey session, ReadOnlySpan<byte> plaintext, RandomSource random)
    {
        var body = new byte[JoinHeadSize + ClassOf(1) + TagSize + SignatureSize];
        body[0] = (byte)BodyType.Join;
        random.Fill(body.AsSpan(1, SaltSize));
        Span<byte> key = stackalloc byte[Aes256Gcm.KeySize];
        DeriveSalted(key, keys.Room, Labels.Join, body.AsSpan(1, SaltSize));
        SealPadded(body.AsSpan(JoinHeadSize..^SignatureSize), plaintext, (byte[])[.. keys.Address.Bytes, .. session.PublicKey.Bytes], Nonce(0, 0), key);
        CryptographicOperations.ZeroMemory(key);
        Sign(body, keys.Address, session, default, Labels.SignJoin);
        return body;
    }

    public static RoomFrameError OpenJoin(RoomKeys keys, in SessionId from, in SessionId to, ReadOnlySpan<byte> body, Span<byte> plaintext)
    {
        if (body.Length != JoinHeadSize + plaintext.Length + TagSize + SignatureSize)
            return RoomFrameError.Malformed;
        if (!IsSigned(body, keys.Address, from, to, Labels.SignJoin))
            return RoomFrameError.Rejected;
        Span<byte> key = stackalloc byte[Aes256Gcm.KeySize];
        DeriveSalted(key, keys.Room, Labels.Join, body.Slice(1, SaltSize));
        var opened = Aes256Gcm.TryOpen(plaintext, body[JoinHeadSize..^SignatureSize], (byte[])[.. keys.Address.Bytes, .. from.Bytes], Nonce(0, 0), key);
        CryptographicOperations.ZeroMemory(key);
        return opened ? RoomFrameError.None : RoomFrameError.Rejected;
    }

    /// <summary>2 ‖ X25519 key ‖ salt ‖ ciphertext ‖ signature. The key of two sessions must agree.</summary>
    public static ReadOnlyMemory<byte> SealPrivate(RoomKeys keys, Ed25519PrivateKey session, X25519PrivateKey agreement, in SessionId to, in X25519PublicKey theirs, ReadOnlySpan<byte> plaintext, RandomSource random)
    {
        var from = SessionId.FromKey(session.PublicKey);
        Span<byte> key = stackalloc byte[Aes256Gcm.KeySize];
        var body = new byte[PrivateHeadSize + ClassOf(plaintext.Length) + TagSize + SignatureSize];
        body[0] = (byte)BodyType.Private;
        agreement.PublicKey.Bytes.CopyTo(body.AsSpan(1));
        random.Fill(body.AsSpan(1 + X25519PublicKey.Size, SaltSize));
        if (!TryDerivePair(keys, agreement, theirs, from, to, body.AsSpan(1 + X25519PublicKey.Size, SaltSize), key))
            return default;
        SealPadded(body.AsSpan(PrivateHeadSize..^SignatureSize), plaintext, (byte[])[.. keys.Address.Bytes, .. from.Bytes, .. to.Bytes], Nonce(0, 0), key);
        CryptographicOperations.ZeroMemory(key);
        Sign(body, keys.Address, session, to, Labels.SignPrivate);
        return body;
    }

    public static RoomFrameError OpenPrivate(RoomKeys keys, X25519PrivateKey agreement, in SessionId from, in SessionId to, ReadOnlySpan<byte> body, out X25519PublicKey theirs, out ReadOnlySpan<byte> plaintext)
    {
        plaintext = default;
        theirs = default;
        var size = body.Length - PrivateHeadSize - TagSize - SignatureSize;
        if (size <= 0 || ClassOf(size) != size)
            return RoomFrameError.Malformed;
        if (!X25519PublicKey.TryRead(body.Slice(1, X25519PublicKey.Size), out theirs))
            return RoomFrameError.Malformed;
        if (!IsSigned(body, keys.Address, from, to, Labels.SignPrivate))
            return RoomFrameError.Rejected;
        Span<byte> key = stackalloc byte[Aes256Gcm.KeySize];
        if (!TryDerivePair(keys, agreement, theirs, from, to, body.Slice(1 + X25519PublicKey.Size, SaltSize), key))
            return RoomFrameError.Rejected;
        var opened = new byte[size];
        var isOpen = Aes256Gcm.TryOpen(opened, body[PrivateHeadSize..^SignatureSize], (byte[])[.. keys.Address.Bytes, .. from.Bytes, .. to.Bytes], Nonce(0, 0), key);
        CryptographicOperations.ZeroMemory(key);
        plaintext = opened;
        return isOpen ? RoomFrameError.None : RoomFrameError.Rejected;
    }

    /// <summary>3 ‖ key id ‖ counter ‖ ciphertext ‖ signature; advances the key.</summary>
    public static ReadOnlyMemory<byte> SealMessage(in RoomAddress address, Ed25519PrivateKey session, SenderKey key, ReadOnlySpan<byte> plaintext)
    {
        var body = new byte[CountedHeadSize + ClassOf(plaintext.Length) + TagSize + SignatureSize];
        WriteCounted(body, BodyType.Message, key.Id, key.Counter);
        Span<byte> messageKey = stackalloc byte[Aes256Gcm.KeySize];
        key.DeriveMessageKey(messageKey);
        SealPadded(body.AsSpan(CountedHeadSize..^SignatureSize), plaintext, CountedData(address, SessionId.FromKey(session.PublicKey), key.Counter), Nonce(0, key.Counter), messageKey);
        CryptographicOperations.ZeroMemory(messageKey);
        key.Advance();
        Sign(body, address, session, default, Labels.SignMessage);
        return body;
    }

    /// <summary>Opens with the key as it is, which must stand at the message's counter; leaves it there.</summary>
    public static RoomFrameError OpenMessage(in RoomAddress address, in SessionId from, SenderKey key, ReadOnlySpan<byte> body, Span<byte> plaintext)
    {
        Span<byte> messageKey = stackalloc byte[Aes256Gcm.KeySize];
        key.DeriveMessageKey(messageKey);
        var opened = Aes256Gcm.TryOpen(plaintext, body[CountedHeadSize..^SignatureSize], CountedData(address, from, key.Counter), Nonce(0, key.Counter), messageKey);
        CryptographicOperations.ZeroMemory(messageKey);
        return opened ? RoomFrameError.None : RoomFrameError.Rejected;
    }

    /// <summary>4 ‖ key id ‖ number ‖ ciphertext ‖ signature.</summary>
    public static ReadOnlyMemory<byte> SealSign(in RoomAddress address, Ed25519PrivateKey session, SenderKey key, ulong number, byte kind)
    {
        var body = new byte[CountedHeadSize + SignSize + TagSize + SignatureSize];
        WriteCounted(body, BodyType.Sign, key.Id, number);
        Span<byte> plaintext = stackalloc byte[SignSize];
        plaintext.Clear();
        plaintext[0] = kind;
        Aes256Gcm.Seal(body.AsSpan(CountedHeadSize..^SignatureSize), plaintext, CountedData(address, SessionId.FromKey(session.PublicKey), number), Nonce(SignNonce, number), key.Sign);
        Sign(body, address, session, default, Labels.SignSign);
        return body;
    }

    public static RoomFrameError OpenSign(in RoomAddress address, in SessionId from, SenderKey key, ulong number, ReadOnlySpan<byte> body, Span<byte> plaintext) =>
        Aes256Gcm.TryOpen(plaintext, body[CountedHeadSize..^SignatureSize], CountedData(address, from, number), Nonce(SignNonce, number), key.Sign)
            ? RoomFrameError.None
            : RoomFrameError.Rejected;

    /// <summary>Reads the open part of a message or sign and checks its signature.</summary>
    public static RoomFrameError TryReadCounted(in RoomAddress address, in SessionId from, ReadOnlySpan<byte> body, out ulong keyId, out ulong counter, out int size)
    {
        (keyId, counter) = (0, 0);
        size = body.Length - CountedHeadSize - TagSize - SignatureSize;
        var isMessage = body[0] == (byte)BodyType.Message;
        if (size <= 0 || (isMessage ? ClassOf(size) : SignSize) != size)
            return RoomFrameError.Malformed;
        keyId = BinaryPrimitives.ReadUInt64BigEndian(body[1..]);
        counter = BinaryPrimitives.ReadUInt64BigEndian(body[(1 + sizeof(ulong))..]);
        return IsSigned(body, address, from, default, isMessage ? Labels.SignMessage : Labels.SignSign) ? RoomFrameError.None : RoomFrameError.Rejected;
    }

    /// <summary>The id of a message.</summary>
    public static RoomMessageId IdOf(in RoomAddress address, in SessionId from, ReadOnlySpan<byte> body)
    {
        var hash = LabelledHash.Start(Labels.Id).Add(address.Bytes).Add(from.Bytes).Add(body[..^SignatureSize]).Finish();
        _ = RoomMessageId.TryRead(hash.Bytes[..RoomMessageId.Size], out var id);
        return id;
    }

    /// <summary>Seals a piece of a file, which has one of the three sizes.</summary>
    public static void SealPiece(Span<byte> ciphertext, ReadOnlySpan<byte> piece, in RoomAddress address, in PieceId id, ulong index, ReadOnlySpan<byte> key) =>
        Aes256Gcm.Seal(ciphertext, piece, (byte[])[.. address.Bytes, .. id.Bytes], Nonce(PieceNonce, index), key);

    public static bool TryOpenPiece(Span<byte> piece, ReadOnlySpan<byte> ciphertext, in RoomAddress address, in PieceId id, ulong index, ReadOnlySpan<byte> key) =>
        Aes256Gcm.TryOpen(piece, ciphertext, (byte[])[.. address.Bytes, .. id.Bytes], Nonce(PieceNonce, index), key);

    private static void WriteCounted(Span<byte> body, BodyType type, ulong keyId, ulong counter)
    {
        body[0] = (byte)type;
        BinaryPrimitives.WriteUInt64BigEndian(body[1..], keyId);
        BinaryPrimitives.WriteUInt64BigEndian(body[(1 + sizeof(ulong))..], counter);
    }

    private static byte[] CountedData(in RoomAddress address, in SessionId from, ulong counter)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, counter);
        return [.. address.Bytes, .. from.Bytes, .. number];
    }

    private static byte[] Nonce(uint use, ulong counter)
    {
        var nonce = new byte[Aes256Gcm.NonceSize];
        BinaryPrimitives.WriteUInt32BigEndian(nonce, use);
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(sizeof(uint)), counter);
        return nonce;
    }

    private static void SealPadded(Span<byte> ciphertext, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> data, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        using var padded = new SecretBuffer(ciphertext.Length - TagSize);
        plaintext.CopyTo(padded.Bytes);
        Aes256Gcm.Seal(ciphertext, padded.Bytes, data, nonce, key);
    }

    private static void DeriveSalted(Span<byte> key, ReadOnlySpan<byte> from, ReadOnlySpan<byte> label, ReadOnlySpan<byte> salt) =>
        Hkdf.ExpandSha256(key, from, (byte[])[.. label, .. salt]);

    private static bool TryDerivePair(RoomKeys keys, X25519PrivateKey own, in X25519PublicKey theirs, in SessionId from, in SessionId to, ReadOnlySpan<byte> salt, Span<byte> key)
    {
        using var shared = new SecretBuffer(X25519PrivateKey.SharedSize);
        if (!own.TryAgree(theirs, shared.Bytes))
            return false;
        using var pair = new SecretBuffer(Aes256Gcm.KeySize);
        Hkdf.DeriveSha256(pair.Bytes, shared.Bytes, keys.Master, (byte[])[.. Labels.Pair, .. from.Bytes, .. to.Bytes]);
        DeriveSalted(key, pair.Bytes, Labels.Private, salt);
        return true;
    }

    private static void Sign(Span<byte> body, in RoomAddress address, Ed25519PrivateKey session, in SessionId to, ReadOnlySpan<byte> label) =>
        session.Sign(Signed(label, address, SessionId.FromKey(session.PublicKey), to, body)).Bytes.CopyTo(body[^SignatureSize..]);

    private static bool IsSigned(ReadOnlySpan<byte> body, in RoomAddress address, in SessionId from, in SessionId to, ReadOnlySpan<byte> label) =>
        Ed25519Signature.TryRead(body[^SignatureSize..], out var signature) && from.Verify(Signed(label, address, from, to, body), signature);

    private static byte[] Signed(ReadOnlySpan<byte> label, in RoomAddress address, in SessionId from, in SessionId to, ReadOnlySpan<byte> body) =>
        [.. label, .. address.Bytes, .. from.Bytes, .. to.Bytes, .. body[..^SignatureSize]];
}

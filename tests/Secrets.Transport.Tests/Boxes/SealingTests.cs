using Secrets.Crypto;
using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

public sealed class SealingTests
{
    public static TheoryData<BoxClass, int> Lengths => new()
    {
        { BoxClass.Small, 0 }, { BoxClass.Small, 1 }, { BoxClass.Small, 4_051 }, { BoxClass.Small, 4_052 },
        { BoxClass.Large, 0 }, { BoxClass.Large, 4_053 }, { BoxClass.Large, 65_492 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_box_opens_to_what_was_sealed_at_both_ends_of_each_class(BoxClass boxClass, int length)
    {
        using var capability = Capability(1);
        using var writing = capability.DeriveKeys(Relay(1), boxClass);
        using var reading = capability.GrantRead().DeriveKeys(Relay(1), boxClass);
        var body = new SeededRandom(2).Bytes(length);

        var box = writing.Seal(BoxKind.Session, body);

        Assert.Equal(boxClass.SealedSize, box.Payload.Length);
        Assert.True(box.Verify());
        Assert.Equal(reading.Address, box.Address);
        Assert.Equal(BoxError.None, reading.TryOpen(box.Signature, box.Payload, out var opened));
        Assert.Equal(BoxKind.Session, opened!.Kind);
        Assert.Equal(body, opened.Body);
    }

    [Fact]
    public void A_body_above_the_class_and_an_unknown_kind_are_our_own_mistakes()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);

        Assert.Throws<ArgumentException>(() => keys.Seal(BoxKind.Data, new byte[4_053]));
        Assert.Throws<ArgumentOutOfRangeException>(() => keys.Seal((BoxKind)7, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => capability.DeriveKeys(Relay(1), (BoxClass)3));
        Assert.Throws<ArgumentException>(() => capability.DeriveKeys(default, BoxClass.Small));
    }

    [Fact]
    public void Sealing_again_gives_the_same_bytes_decision_16_E_77()
    {
        using var first = Capability(1);
        using var second = Capability(1);
        using var firstKeys = first.DeriveKeys(Relay(1), BoxClass.Small);
        using var secondKeys = second.DeriveKeys(Relay(1), BoxClass.Small);

        var a = firstKeys.Seal(BoxKind.Data, "text"u8);
        var b = secondKeys.Seal(BoxKind.Data, "text"u8);
        var other = secondKeys.Seal(BoxKind.Data, "tent"u8);

        Assert.Equal(a.Payload, b.Payload);
        Assert.Equal(a.Signature, b.Signature);
        Assert.NotEqual(Hex(a.Payload[..24]), Hex(other.Payload[..24]));
    }

    [Fact]
    public void The_nonce_has_24_bytes_made_from_address_and_plaintext_decision_16_E_30()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        Span<byte> context = stackalloc byte[BoxContext.Size];
        BoxContext.Write(context, Relay(1), BoxClass.Small);
        using var ec = BoxContext.DeriveKey(capability.GrantRead().State.EncryptionMaterial, context);
        var plaintext = new byte[4_056];
        BoxPlaintext.Write(plaintext, BoxKind.Data, "text"u8);
        var nonceKey = new byte[32];
        var boxKey = new byte[32];
        var nonce = new byte[24];
        Blake2b.Hash(nonceKey, "secrets/1/n"u8, ec.Bytes);
        Blake2b.Hash(boxKey, "secrets/1/x"u8, ec.Bytes);
        Blake2b.Hash(nonce, [.. keys.Address.Bytes, .. plaintext], nonceKey);
        var ciphertext = new byte[4_056 + 16];
        XChaCha20Poly1305.Seal(ciphertext, plaintext, keys.Address.Bytes, nonce, boxKey);

        var box = keys.Seal(BoxKind.Data, "text"u8);

        Assert.Equal((byte[])[.. nonce, .. ciphertext], box.Payload);
    }

    [Fact]
    public void A_well_encrypted_and_signed_payload_under_another_nonce_is_rejected_decision_16_E_27()
    {
        using var capability = Capability(1);
        using var root = Ed25519PrivateKey.FromSeed(Export(capability).AsSpan(0, 32));
        using var read = capability.GrantRead();
        using var reading = read.DeriveKeys(Relay(1), BoxClass.Small);
        var context = new byte[BoxContext.Size];
        BoxContext.Write(context, Relay(1), BoxClass.Small);
        using var ec = BoxContext.DeriveKey(read.State.EncryptionMaterial, context);
        using var factor = BoxContext.DeriveFactor(read.State.BlindingMaterial, context);
        using var signing = root.Blind(factor);
        var boxKey = new byte[32];
        Blake2b.Hash(boxKey, "secrets/1/x"u8, ec.Bytes);
        var plaintext = new byte[4_056];
        BoxPlaintext.Write(plaintext, BoxKind.Data, "text"u8);
        var payload = new byte[4_096];
        XChaCha20Poly1305.Seal(payload.AsSpan(24), plaintext, reading.Address.Bytes, payload.AsSpan(0, 24), boxKey);

        Assert.Equal(BoxError.Rejected, reading.TryOpen(signing.Sign(payload), payload, out var opened));
        Assert.Null(opened);
    }

    [Fact]
    public void The_copies_of_one_box_at_two_relays_have_nothing_in_common_decision_17()
    {
        using var capability = Capability(1);
        using var atX = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var atY = capability.DeriveKeys(Relay(2), BoxClass.Small);

        var x = atX.Seal(BoxKind.Data, "text"u8);
        var y = atY.Seal(BoxKind.Data, "text"u8);

        Assert.NotEqual(x.Address, y.Address);
        Assert.NotEqual(x.Signature, y.Signature);
        var equal = 0;
        for (var i = 0; i < x.Payload.Length; i++)
            equal += x.Payload[i] == y.Payload[i] ? 1 : 0;
        Assert.InRange(equal, 0, 60); // 16 on average by chance
        Assert.Equal(BoxError.None, SealedBox.TryCreate(y.Address, x.Signature, x.Payload, out var moved));
        Assert.False(moved!.Verify());
    }

    [Fact]
    public void Keys_of_another_root_index_relay_or_class_do_not_open_a_box_E_33()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);
        using var otherRoot = Capability(2).GrantRead();
        byte[] mixed = [.. Export(otherRoot).AsSpan(0, 32), .. Export(capability.GrantRead()).AsSpan(32)];
        Assert.True(ReadCapability.TryRead(mixed, out var mismatch));
        using var next = capability.GrantRead();
        Assert.True(next.TryAdvance());

        BoxReadKeys[] wrong =
        [
            otherRoot.DeriveKeys(Relay(1), BoxClass.Small),
            mismatch.DeriveKeys(Relay(1), BoxClass.Small),
            next.DeriveKeys(Relay(1), BoxClass.Small),
            capability.GrantRead().DeriveKeys(Relay(2), BoxClass.Small),
        ];
        foreach (var reading in wrong)
        {
            Assert.NotEqual(box.Address, reading.Address);
            Assert.Equal(BoxError.SignatureInvalid, reading.TryOpen(box.Signature, box.Payload, out _));
        }
        using var large = capability.GrantRead().DeriveKeys(Relay(1), BoxClass.Large);
        Assert.NotEqual(box.Address, large.Address);
        Assert.Equal(BoxError.WrongSize, large.TryOpen(box.Signature, box.Payload, out _));
    }

    [Fact]
    public void Any_flipped_bit_is_refused_and_releases_nothing_E_26()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var reading = capability.GrantRead().DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);

        for (var bit = 0; bit < 512; bit++)
        {
            var tampered = Tamper(box, signatureBit: bit);
            Assert.Equal(BoxError.SignatureInvalid, reading.TryOpen(tampered.Signature, tampered.Payload, out var opened));
            Assert.Null(opened);
        }
        for (var bit = 0; bit < 8 * box.Payload.Length; bit += 61)
        {
            var tampered = Tamper(box, payloadBit: bit);
            Assert.Equal(BoxError.SignatureInvalid, reading.TryOpen(tampered.Signature, tampered.Payload, out var opened));
            Assert.Null(opened);
        }
    }

    [Theory]
    [InlineData(0, 2, BoxError.FormatUnknown)]
    [InlineData(0, 0, BoxError.FormatUnknown)]
    [InlineData(1, 0, BoxError.KindUnknown)]
    [InlineData(1, 7, BoxError.KindUnknown)]
    [InlineData(2, 0xff, BoxError.LengthInvalid)]
    [InlineData(3, 3, BoxError.PaddingInvalid)]
    [InlineData(8, 1, BoxError.PaddingInvalid)]
    [InlineData(4_055, 1, BoxError.PaddingInvalid)]
    public void A_plaintext_of_another_form_is_refused_for_its_reason(int offset, byte value, BoxError expected)
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var reading = capability.GrantRead().DeriveKeys(Relay(1), BoxClass.Small);
        var plaintext = new byte[4_056];
        BoxPlaintext.Write(plaintext, BoxKind.Data, "text"u8);
        plaintext[offset] = value;

        var box = keys.SealPlaintext(plaintext);

        Assert.Equal(expected, reading.TryOpen(box.Signature, box.Payload, out var opened));
        Assert.Null(opened);
    }

    [Fact]
    public void A_delete_counts_only_at_the_address_that_was_derived_E_32()
    {
        using var capability = Capability(1);
        using var foreign = Capability(2);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var foreignKeys = foreign.DeriveKeys(Relay(1), BoxClass.Small);
        using var reading = capability.GrantRead().DeriveKeys(Relay(1), BoxClass.Small);
        var own = keys.SignTombstone();
        var other = foreignKeys.SignTombstone();

        Assert.True(other.Verify());
        Assert.Equal(BoxError.NotExpected, reading.TryAccept(other));
        Assert.Equal(BoxError.SignatureInvalid, reading.TryAccept(new Tombstone(own.Address, other.Signature)));
        Assert.Equal(BoxError.None, reading.TryAccept(own));
    }

    [Fact]
    public void A_boxs_signature_is_no_delete_and_a_delete_no_boxs_signature()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);

        Assert.False(new Tombstone(box.Address, box.Signature).Verify());
        Assert.False(box.Address.Verify(box.Payload, keys.SignTombstone().Signature));
    }

    [Fact]
    public void Encoded_boxes_and_deletes_survive_and_other_lengths_are_refused()
    {
        using var capability = Capability(1);
        foreach (var boxClass in (BoxClass[])[BoxClass.Small, BoxClass.Large])
        {
            using var keys = capability.DeriveKeys(Relay(1), boxClass);
            var box = keys.Seal(BoxKind.Data, "text"u8);
            var bytes = new byte[box.EncodedSize];
            box.Write(bytes);

            Assert.Equal(BoxError.None, SealedBox.TryRead(bytes, out var again));
            Assert.Equal(boxClass, again!.Class);
            Assert.True(again.Verify());
            Assert.Equal(BoxError.WrongSize, SealedBox.TryRead(bytes.AsSpan(1), out _));
            Assert.Equal(BoxError.WrongSize, SealedBox.TryRead([.. bytes, 0], out _));

            var tombstone = new byte[Tombstone.Size];
            keys.SignTombstone().Write(tombstone);
            Assert.True(Tombstone.TryRead(tombstone, out var tombstoneAgain));
            Assert.Equal(keys.SignTombstone(), tombstoneAgain);
            Assert.False(Tombstone.TryRead(tombstone.AsSpan(1), out _));
        }
        Assert.Equal(BoxError.WrongSize, SealedBox.TryRead([], out _));
    }
}

using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The key agreement of decision 3.</summary>
public sealed class AgreementTests
{
    private static readonly string[] SmallOrder =
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Fact]
    public void Both_sides_come_to_one_transcript_chat_exporter_and_confirm_channel()
    {
        var pair = new SessionPair(20);

        Assert.Equal(pair.GuestAgreed.FirstTranscript, pair.OwnerAgreed.FirstTranscript);
        Assert.Equal(pair.GuestAgreed.SecondTranscript, pair.OwnerAgreed.SecondTranscript);
        Assert.Equal(pair.GuestAgreed.Chat, pair.OwnerAgreed.Chat);
        Assert.Equal(Bytes(pair.GuestAgreed.Exporter), Bytes(pair.OwnerAgreed.Exporter));
        Assert.Equal(Bytes(pair.GuestAgreed.ConfirmChannel), Bytes(pair.OwnerAgreed.ConfirmChannel));
        Assert.Equal("Bob", pair.Received.Name);
        Assert.Equal("second link"u8.ToArray(), pair.Received.Links[1].ToArray());
        Assert.Equal("Noodles at one?"u8.ToArray(), pair.Received.FirstText.ToArray());
        Assert.Equal(2, pair.Received.Relays.Count);
    }

    [Fact]
    public void The_owner_sends_first_and_the_guest_waits_for_the_confirmation()
    {
        var pair = new SessionPair(21);

        Assert.False(pair.Guest.CanEncrypt);
        Assert.Throws<InvalidOperationException>(() => SessionPair.Seal(pair.Guest, "too early", pair.Random));
        Assert.Equal("confirmation", SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, "confirmation", pair.Random)));
        Assert.True(pair.Guest.CanEncrypt);
        Assert.Equal("hello", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "hello", pair.Random)));
    }

    [Fact]
    public void A_second_identical_answer_has_the_same_transcript_and_another_one_has_not()
    {
        var pair = new SessionPair(22);

        Assert.True(OwnerAgreement.TryReadTranscript(pair.Secret, default, pair.Answer, out var same));
        Assert.Equal(pair.OwnerAgreed.FirstTranscript, same);
        Assert.True(OwnerAgreement.TryReadTranscript(pair.Secret, default, AnswerAgain(pair, out _), out var other));
        Assert.NotEqual(same, other);
    }

    [Fact]
    public void E_2_whoever_stole_the_owners_identity_key_cannot_answer_as_somebody_else()
    {
        var pair = new SessionPair(23);
        var random = new SeededRandomForTestsOnly(230);
        using var ephemeral = X25519PrivateKey.Generate(random);
        var forged = (byte[])pair.Answer.Clone();

        // the thief knows S, o.ik and everything public, and claims the guest's g.ik; dh1 = DH(g.ik, o.pk) needs g.ik or o.pk
        Span<byte> input = stackalloc byte[128];
        ephemeral.PublicKey.Bytes.CopyTo(forged.AsSpan(34));
        Assert.True(pair.OwnerIdentity.TryAgree(pair.GuestIdentity.PublicKey, input[..32]));
        Assert.True(ephemeral.TryAgree(pair.Offer.IdentityKey, input[32..64]));
        Assert.True(ephemeral.TryAgree(pair.Offer.PreKey, input[64..96]));
        pair.Offer.EncapsulationKey.Encapsulate(forged.AsSpan(66, 1088), input[96..], random);
        Seal(forged, pair, input, random);

        Assert.Equal(AnswerError.Rejected, Accept(pair, forged));
    }

    [Fact]
    public void E_2_whoever_stole_the_guests_identity_key_cannot_confirm_as_the_owner()
    {
        // a false owner has S, the answer and g.ik, but neither o.pk nor o.ek: its own keys give another session
        var pair = new SessionPair(24);
        using var falseKeys = OfferKeys.Generate(pair.Random);
        var falseOffer = Offer.Create(OfferKind.Link, SessionPair.Now, pair.OwnerIdentity.PublicKey, falseKeys, "x"u8, "", [], pair.Random);

        Assert.Equal(AnswerError.Rejected, OwnerAgreement.TryAccept(pair.Secret, falseOffer, falseKeys, default, pair.OwnerIdentity, pair.Answer, out _, out _, out _));
    }

    [Fact]
    public void E_3_the_identity_in_the_open_part_cannot_be_exchanged()
    {
        var pair = new SessionPair(25);
        using var mallory = X25519PrivateKey.Generate(pair.Random);
        var changed = (byte[])pair.Answer.Clone();
        mallory.PublicKey.Bytes.CopyTo(changed.AsSpan(2));

        Assert.Equal(AnswerError.Rejected, Accept(pair, changed));
    }

    [Fact]
    public void E_3_chat_and_introducer_are_in_the_transcript_of_introductions_and_standing_offers()
    {
        var chat = ChatId.Of(Hash256.Of("chat"u8));
        var introducer = Hash256.Of("introducer"u8);
        var pair = new SessionPair(26, OfferKind.Introduced, AgreementContext.Introduced(chat, introducer));

        Assert.Equal(AnswerError.Rejected, Accept(pair, pair.Answer, AgreementContext.Introduced(ChatId.Of(Hash256.Of("other"u8)), introducer)));
        Assert.Equal(AnswerError.Rejected, Accept(pair, pair.Answer, AgreementContext.Introduced(chat, Hash256.Of("other"u8))));
        Assert.Equal(AnswerError.Rejected, Accept(pair, pair.Answer, AgreementContext.Standing(chat)));
        Assert.Throws<ArgumentException>(() => Accept(pair, pair.Answer, AgreementContext.None));
        Assert.Equal(AnswerError.None, Accept(pair, pair.Answer, AgreementContext.Introduced(chat, introducer)));
    }

    [Fact]
    public void E_3_an_answer_opens_under_its_own_secret_only()
    {
        var pair = new SessionPair(27);
        using var other = new SessionPair(28).Secret;

        Assert.Equal(AnswerError.Rejected, OwnerAgreement.TryAccept(other, pair.Offer, pair.OfferKeys, default, pair.OwnerIdentity, pair.Answer, out _, out _, out _));
    }

    [Fact]
    public void E_5_points_of_small_order_are_refused_in_every_field_of_an_answer()
    {
        var pair = new SessionPair(29);

        foreach (var point in SmallOrder)
        {
            foreach (var offset in new[] { 2, 34 })
            {
                var changed = (byte[])pair.Answer.Clone();
                Convert.FromHexString(point).CopyTo(changed, offset);
                Assert.Equal(AnswerError.Rejected, Accept(pair, changed));
            }
        }
        var zero = (byte[])pair.Answer.Clone();
        zero.AsSpan(2, 32).Clear();
        Assert.Equal(AnswerError.Malformed, Accept(pair, zero));
    }

    [Fact]
    public void E_5_a_ratchet_key_of_small_order_is_refused_although_everything_else_is_right()
    {
        var pair = new SessionPair(30);

        foreach (var point in SmallOrder)
        {
            var answer = AnswerWithInner(pair, inner => Convert.FromHexString(point).CopyTo(inner, 1 + 2 + 23 + 2 + 11), out var error);
            Assert.Equal(AnswerError.BadContent, error);
            Assert.Equal(pair.Answer.Length, answer.Length);
        }
    }

    [Fact]
    public void E_5_an_offer_with_points_of_small_order_is_not_answered()
    {
        var pair = new SessionPair(31);

        foreach (var point in SmallOrder)
        {
            foreach (var offset in new[] { 40, 72 })
            {
                var bytes = pair.Offer.Bytes.ToArray();
                Convert.FromHexString(point).CopyTo(bytes, offset);
                Assert.Equal(OfferError.None, Offer.TryRead(bytes, out var offer));
                using var secret = Secret.Of(offer!, []);
                var answer = new byte[GuestAgreement.GetAnswerSize(pair.Content)];
                Assert.Equal(OfferError.BadKey, GuestAgreement.TryCreate(secret, offer!, default, pair.GuestIdentity, pair.Content, pair.Random, answer, out var agreement));
                Assert.Null(agreement);
                Assert.All(answer, value => Assert.Equal(0, value));
            }
        }
    }

    [Fact]
    public void E_6_a_ciphertext_for_the_same_key_from_somebody_else_is_rejected()
    {
        var pair = new SessionPair(32);
        var changed = (byte[])pair.Answer.Clone();
        pair.Offer.EncapsulationKey.Encapsulate(changed.AsSpan(66, 1088), new byte[32], pair.Random);
        Assert.Equal(AnswerError.Rejected, Accept(pair, changed));

        // implicit rejection: a damaged ciphertext gives a secret of its own, and nothing opens
        changed = (byte[])pair.Answer.Clone();
        changed[700] ^= 1;
        Assert.Equal(AnswerError.Rejected, Accept(pair, changed));
    }

    [Fact]
    public void E_7_no_answer_of_another_suite_is_taken()
    {
        var pair = new SessionPair(33);
        var changed = (byte[])pair.Answer.Clone();
        changed[1] = 0;

        Assert.Equal(AnswerError.OtherSuite, Accept(pair, changed));
    }

    [Fact]
    public void E_14_the_shared_results_are_never_a_key_themselves()
    {
        // rk, header keys, exporter and answer key all differ from each other and from every input
        var pair = new SessionPair(34);
        Span<byte> shared = stackalloc byte[32];
        Assert.True(pair.OfferKeys.PreKey.TryAgree(pair.GuestIdentity.PublicKey, shared));
        var state = Convert.ToHexString(SessionPair.Export(pair.Guest));

        Assert.DoesNotContain(Convert.ToHexString(shared), state, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(pair.Secret.Bytes), state, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Bytes(pair.GuestAgreed.Exporter)), state, StringComparison.Ordinal);
    }

    [Fact]
    public void E_26_no_bit_of_an_answer_can_be_changed()
    {
        var pair = new SessionPair(35);

        for (var bit = 0; bit < pair.Answer.Length * 8; bit += bit < 600 ? 5 : 41)
        {
            var changed = (byte[])pair.Answer.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            // the top bit of a u-coordinate is not part of the number, but part of the transcript
            Assert.NotEqual(AnswerError.None, Accept(pair, changed));
        }
    }

    [Fact]
    public void Ones_own_offer_is_not_answered_and_ones_own_answer_not_taken()
    {
        var pair = new SessionPair(36);
        var answer = new byte[GuestAgreement.GetAnswerSize(pair.Content)];

        Assert.Equal(OfferError.Own, GuestAgreement.TryCreate(pair.Secret, pair.Offer, default, pair.OwnerIdentity, pair.Content, pair.Random, answer, out _));
        pair.OwnerIdentity.PublicKey.Bytes.CopyTo(answer.AsSpan(2));
        answer[1] = 1;
        pair.GuestIdentity.PublicKey.Bytes.CopyTo(answer.AsSpan(34));
        Assert.Equal(AnswerError.Rejected, Accept(pair, answer));
    }

    [Fact]
    public void A_full_answer_with_the_longest_fields_fits_one_box_and_holds_a_text_of_711_bytes()
    {
        var random = new SeededRandomForTestsOnly(37);
        using var capability = WriteCapability.Generate(random);
        var address = new string('a', RelayAddresses.MaxSize);
        using var content = new AnswerContent([new byte[Offer.MaxFirstLinkSize]], capability.GrantRead(), capability.GrantRead(), default, new string('n', 64), [address, address, address], default);

        Assert.Equal(711, GuestAgreement.GetFreeSize(content));
        Assert.Equal(GuestAgreement.MaxAnswerSize, BoxClass.Small.MaxBodySize);
    }

    [Fact]
    public void E_70_mutated_answers_and_contents_give_only_named_errors()
    {
        var pair = new SessionPair(38);
        var random = new SeededRandomForTestsOnly(380);
        foreach (var bytes in Mutations.Of(pair.Answer, random, 2000))
            Assert.True(Enum.IsDefined(OwnerAgreement.TryReadTranscript(pair.Secret, default, bytes, out _) ? Accept(pair, bytes) : AnswerError.Malformed));

        var inner = new byte[AnswerLayout.InnerSize(pair.Content)];
        AnswerLayout.WriteInner(inner, pair.Content, RatchetKeyPair.Generate(random));
        foreach (var bytes in Mutations.Of(inner, random, 4000))
        {
            if (AnswerLayout.TryReadInner(bytes, out var content, out _, out _))
                Assert.Equal(bytes.Length, AnswerLayout.InnerSize(content!));
        }
    }

    private static AnswerError Accept(SessionPair pair, byte[] answer) => Accept(pair, answer, pair.Context);

    private static AnswerError Accept(SessionPair pair, byte[] answer, AgreementContext context) =>
        OwnerAgreement.TryAccept(pair.Secret, pair.Offer, pair.OfferKeys, context, pair.OwnerIdentity, answer, out _, out _, out _);

    private static byte[] AnswerAgain(SessionPair pair, out Agreement? agreement)
    {
        var answer = new byte[pair.Answer.Length];
        Assert.Equal(OfferError.None, GuestAgreement.TryCreate(pair.Secret, pair.Offer, pair.Context, pair.GuestIdentity, pair.Content, pair.Random, answer, out agreement));
        return answer;
    }

    private static byte[] AnswerWithInner(SessionPair pair, Action<byte[]> change, out AnswerError error)
    {
        var random = new SeededRandomForTestsOnly(300);
        using var ephemeral = X25519PrivateKey.Generate(random);
        var answer = new byte[pair.Answer.Length];
        answer[1] = 1;
        pair.GuestIdentity.PublicKey.Bytes.CopyTo(answer.AsSpan(2));
        ephemeral.PublicKey.Bytes.CopyTo(answer.AsSpan(34));
        Span<byte> input = stackalloc byte[128];
        Assert.True(pair.GuestIdentity.TryAgree(pair.Offer.PreKey, input[..32]));
        Assert.True(ephemeral.TryAgree(pair.Offer.IdentityKey, input[32..64]));
        Assert.True(ephemeral.TryAgree(pair.Offer.PreKey, input[64..96]));
        pair.Offer.EncapsulationKey.Encapsulate(answer.AsSpan(66, 1088), input[96..], random);
        Seal(answer, pair, input, random, change);
        error = Accept(pair, answer);
        return answer;
    }

    private static void Seal(byte[] answer, SessionPair pair, ReadOnlySpan<byte> input, RandomSource random, Action<byte[]>? change = null)
    {
        var prk = new byte[32];
        var key = new byte[32];
        Hkdf.ExtractSha256(prk, input, pair.Secret.Bytes);
        var th1 = KeySchedule.FirstTranscript(pair.Secret, default, answer.AsSpan(2, 32), answer.AsSpan(34, 32), answer.AsSpan(66, 1088));
        KeySchedule.AnswerKey(prk, th1, key);
        var inner = new byte[answer.Length - AnswerLayout.OpenSize - 16];
        AnswerLayout.WriteInner(inner, pair.Content, RatchetKeyPair.Generate(random));
        change?.Invoke(inner);
        XChaCha20Poly1305.Seal(answer.AsSpan(AnswerLayout.OpenSize), inner, th1.Bytes, new byte[24], key);
        CryptographicOperations.ZeroMemory(key);
    }

    private static string Bytes(WriteCapability capability)
    {
        var bytes = new byte[WriteCapability.Size];
        capability.ExportForVault(bytes);
        return Convert.ToHexString(bytes);
    }

    private static byte[] Bytes(AgreementExporter exporter)
    {
        var bytes = new byte[AgreementExporter.Size];
        exporter.Export(bytes);
        return bytes;
    }
}

using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The ratchet (decision 21, table B.3), message by message.</summary>
public sealed class SessionTests
{
    [Fact]
    public void Every_message_fills_one_box_whatever_its_length()
    {
        var pair = SessionPair.Confirmed(100);

        Assert.Equal(Session.MessageSize, BoxClass.Small.MaxBodySize);
        foreach (var length in new[] { 0, 1, 1651, Session.MaxPlaintextSize })
        {
            var text = new string('x', length);
            Assert.Equal(text, SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, text, pair.Random)));
        }
        Assert.Throws<ArgumentException>(() => SessionPair.Seal(pair.Owner, new string('x', Session.MaxPlaintextSize + 1), pair.Random));
    }

    [Fact]
    public void A_conversation_goes_both_ways_for_many_steps()
    {
        var pair = SessionPair.Confirmed(101);

        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j <= i % 3; j++)
                Assert.Equal($"g{i}.{j}", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, $"g{i}.{j}", pair.Random)));
            for (var j = 0; j <= i % 2; j++)
                Assert.Equal($"o{i}.{j}", SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, $"o{i}.{j}", pair.Random)));
        }
        Assert.Equal(41u, pair.Owner.RootSteps);
        Assert.Equal(41u, pair.Guest.RootSteps);
    }

    [Fact]
    public void E_22_a_duplicate_is_named_and_changes_nothing()
    {
        var pair = SessionPair.Confirmed(102);
        var message = SessionPair.Seal(pair.Owner, "once", pair.Random);
        Assert.Equal("once", SessionPair.Open(pair.Guest, message));
        var before = SessionPair.Export(pair.Guest);

        Assert.Equal(SessionError.Duplicate, SessionPair.TryOpen(pair.Guest, message, out _));
        Assert.Equal(before, SessionPair.Export(pair.Guest));
    }

    [Fact]
    public void E_22_ones_own_messages_reflected_are_rejected()
    {
        var pair = SessionPair.Confirmed(103);
        var own = SessionPair.Seal(pair.Owner, "mine", pair.Random);
        var before = SessionPair.Export(pair.Owner);

        Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Owner, own, out _));
        Assert.Equal(before, SessionPair.Export(pair.Owner));
    }

    [Fact]
    public void E_22_messages_in_any_order_across_steps_arrive_once()
    {
        var pair = SessionPair.Confirmed(104);
        var first = Enumerable.Range(0, 4).Select(i => SessionPair.Seal(pair.Owner, $"a{i}", pair.Random)).ToArray();
        Assert.Equal("a3", SessionPair.Open(pair.Guest, first[3]));
        Assert.Equal("r", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "r", pair.Random)));
        var second = Enumerable.Range(0, 3).Select(i => SessionPair.Seal(pair.Owner, $"b{i}", pair.Random)).ToArray();

        Assert.Equal("b2", SessionPair.Open(pair.Guest, second[2]));
        Assert.Equal("a1", SessionPair.Open(pair.Guest, first[1]));
        Assert.Equal("b0", SessionPair.Open(pair.Guest, second[0]));
        Assert.Equal("a0", SessionPair.Open(pair.Guest, first[0]));
        Assert.Equal("a2", SessionPair.Open(pair.Guest, first[2]));
        Assert.Equal("b1", SessionPair.Open(pair.Guest, second[1]));
        // a chain whose keys are all used is forgotten with its header key
        Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Guest, first[1], out _));
        Assert.Equal(SessionError.Duplicate, SessionPair.TryOpen(pair.Guest, second[0], out _));
    }

    [Fact]
    public void E_26_no_bit_of_a_message_can_be_changed_and_a_refused_one_leaves_the_state_to_the_byte()
    {
        var pair = SessionPair.Confirmed(105);
        var message = SessionPair.Seal(pair.Owner, "every bit", pair.Random);
        var before = SessionPair.Export(pair.Guest);

        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            var error = SessionPair.TryOpen(pair.Guest, message, out var text);
            Assert.Equal(SessionError.Rejected, error);
            Assert.Equal("", text);
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(before, SessionPair.Export(pair.Guest));
        Assert.Equal("every bit", SessionPair.Open(pair.Guest, message));
    }

    [Fact]
    public void E_26_a_changed_message_that_begins_a_step_leaves_the_state_to_the_byte()
    {
        var pair = SessionPair.Confirmed(106);
        _ = SessionPair.Seal(pair.Guest, "lost", pair.Random);
        var message = SessionPair.Seal(pair.Guest, "step", pair.Random);
        var before = SessionPair.Export(pair.Owner);

        for (var bit = 0; bit < message.Length * 8; bit += 97)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Owner, message, out _));
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(before, SessionPair.Export(pair.Owner));
        Assert.Equal("step", SessionPair.Open(pair.Owner, message));
    }

    [Fact]
    public void Another_length_is_malformed()
    {
        var pair = SessionPair.Confirmed(107);

        foreach (var length in new[] { 0, 1, Session.MessageSize - 1, Session.MessageSize + 1, 100_000 })
            Assert.Equal(SessionError.Malformed, SessionPair.TryOpen(pair.Guest, new byte[length], out _));
    }

    [Fact]
    public void E_21_a_jump_is_worked_off_in_slices_and_changes_nothing_until_the_message_proves_right()
    {
        var pair = SessionPair.Confirmed(108);
        var message = Skip(pair.Owner, 3500, pair.Random);
        var before = SessionPair.Export(pair.Guest);
        var budget = new StepBudget(SessionPair.Now);

        for (var slice = 1; slice <= 3; slice++)
        {
            Assert.Equal(SessionError.NeedsMoreWork, SessionPair.TryOpen(pair.Guest, message, out _, budget));
            Assert.Equal(StepBudget.StepsPerHour - (slice * Session.MaxStepsAtOnce), budget.Remaining);
            Assert.Equal(before, SessionPair.Export(pair.Guest));
        }
        Assert.Equal(SessionError.None, SessionPair.TryOpen(pair.Guest, message, out var text, budget));
        Assert.Equal("3500", text);
        Assert.Equal(StepBudget.StepsPerHour - 3500, budget.Remaining);
    }

    [Fact]
    public void E_21_at_most_2000_keys_are_kept_and_the_oldest_go_first()
    {
        var pair = SessionPair.Confirmed(109);
        var early = SessionPair.Seal(pair.Owner, "early", pair.Random);
        var before = SessionPair.Export(pair.Guest).Length;
        Work(pair.Guest, Skip(pair.Owner, 2100, pair.Random));

        Assert.Equal(before + (Session.MaxSkippedKeys * (4 + 32)), SessionPair.Export(pair.Guest).Length);
        Assert.True(SessionPair.Export(pair.Guest).Length <= Session.MaxStateSize);
        Assert.Equal(SessionError.Duplicate, SessionPair.TryOpen(pair.Guest, early, out _));
    }

    [Fact]
    public void E_21_more_than_25000_ahead_is_refused_at_no_cost()
    {
        var pair = SessionPair.Confirmed(110);
        var far = SessionPair.Seal(Ahead(pair.Owner, Session.MaxJump + 1), "far", pair.Random);
        using var copy = Ahead(pair.Owner, Session.MaxJump);
        var near = SessionPair.Seal(copy, "near", pair.Random);
        var before = SessionPair.Export(pair.Guest);
        var budget = new StepBudget(SessionPair.Now);

        Assert.Equal(SessionError.TooFarAhead, SessionPair.TryOpen(pair.Guest, far, out _, budget));
        Assert.Equal(StepBudget.StepsPerHour, budget.Remaining);
        Assert.Equal(before, SessionPair.Export(pair.Guest));
        Work(pair.Guest, near, budget);
        Assert.Equal(0, budget.Remaining);
        Assert.Equal(SessionError.NeedsMoreWork, SessionPair.TryOpen(pair.Guest, Skip(copy, 2, pair.Random), out _, budget));
        budget.Refill(SessionPair.Now.AddMinutes(59));
        Assert.Equal(0, budget.Remaining);
        budget.Refill(SessionPair.Now.AddMinutes(60));
        Assert.Equal(StepBudget.StepsPerHour, budget.Remaining);
    }

    [Fact]
    public void E_21_a_number_of_2_to_the_32_less_1_in_a_true_header_costs_nothing()
    {
        // the peer itself attacks: it has the header key
        var pair = SessionPair.Confirmed(111);
        _ = SessionPair.Seal(pair.Owner, "make the chain", pair.Random);
        var state = SessionPair.Export(pair.Owner);
        state.AsSpan(5 + 32 + (6 * 32), 4).Fill(0xff);
        state[5 + 32 + (6 * 32) + 3] = 0xfe;
        Assert.Equal(SessionStateError.None, Session.TryImport(state, out var attacker));
        var budget = new StepBudget(SessionPair.Now);

        Assert.Equal(SessionError.TooFarAhead, SessionPair.TryOpen(pair.Guest, SessionPair.Seal(attacker!, "far", pair.Random), out _, budget));
        Assert.Equal(StepBudget.StepsPerHour, budget.Remaining);
        Assert.Throws<InvalidOperationException>(() => SessionPair.Seal(attacker!, "used up", pair.Random));
    }

    [Fact]
    public void Unfinished_work_of_one_message_does_not_stand_in_the_way_of_others()
    {
        var pair = SessionPair.Confirmed(112);
        var next = SessionPair.Seal(pair.Owner, "next", pair.Random);
        var far = Skip(pair.Owner, 1500, pair.Random);

        Assert.Equal(SessionError.NeedsMoreWork, SessionPair.TryOpen(pair.Guest, far, out _));
        Assert.Equal("next", SessionPair.Open(pair.Guest, next));
        Work(pair.Guest, far);
    }

    [Fact]
    public void Decision_21_a_step_over_a_long_old_chain_is_worked_off_in_slices_too()
    {
        var pair = SessionPair.Confirmed(113);
        var lost = SessionPair.Seal(pair.Owner, "found later", pair.Random);
        _ = Skip(pair.Owner, 1200, pair.Random);
        Assert.Equal("s", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "s", pair.Random)));
        var stepped = Skip(pair.Owner, 600, pair.Random);
        var before = SessionPair.Export(pair.Guest);

        // 1,202 steps in the old chain, 600 in the new one
        Assert.Equal(SessionError.NeedsMoreWork, SessionPair.TryOpen(pair.Guest, stepped, out _));
        Assert.Equal(before, SessionPair.Export(pair.Guest));
        Assert.Equal("600", SessionPair.Open(pair.Guest, stepped));
        Assert.Equal("found later", SessionPair.Open(pair.Guest, lost));
    }

    [Fact]
    public void At_most_five_header_keys_are_tried()
    {
        var pair = SessionPair.Confirmed(114);
        var lost = new List<byte[]>();
        for (var i = 0; i < 6; i++)
        {
            lost.Add(SessionPair.Seal(pair.Owner, $"lost {i}", pair.Random));
            _ = SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, "seen", pair.Random));
            _ = SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "back", pair.Random));
        }

        // the present chain and three older ones remain
        Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Guest, lost[0], out _));
        Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Guest, lost[1], out _));
        for (var i = 2; i < 6; i++)
            Assert.Equal($"lost {i}", SessionPair.Open(pair.Guest, lost[i]));
    }

    [Fact]
    public void E_29_a_stolen_state_reads_nothing_more_after_one_round_trip()
    {
        var pair = SessionPair.Confirmed(115);
        using var thief = SessionPair.Clone(pair.Guest);

        var readable = SessionPair.Seal(pair.Owner, "still readable", pair.Random);
        Assert.Equal("still readable", SessionPair.Open(thief, readable));
        _ = SessionPair.Open(pair.Guest, readable);
        _ = SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "new keys", pair.Random));

        for (var i = 0; i < 3; i++)
        {
            var healed = SessionPair.Seal(pair.Owner, "healed", pair.Random);
            Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(thief, healed, out _));
            Assert.Equal("healed", SessionPair.Open(pair.Guest, healed));
            Assert.Equal("on", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "on", pair.Random)));
        }
    }

    [Fact]
    public void E_29_healing_needs_both_the_agreement_and_the_encapsulation()
    {
        // a step's keys change with either input alone: X25519 broken or ML-KEM broken, the other holds
        var random = new SeededRandomForTestsOnly(116);
        using var own = RatchetKeyPair.Generate(random);
        using var peer = RatchetKeyPair.Generate(random);
        byte[] peerKeys = [.. peer.Agreement.PublicKey.Bytes, .. peer.Decapsulation.EncapsulationKey.Bytes, .. new byte[1088]];
        var newKeys = new byte[StepKeys.Size];
        var sent = new byte[96];
        var received = new byte[96];
        Assert.True(RootStep.TrySend(sent, new byte[32], own, peerKeys, random, newKeys));
        Assert.True(RootStep.TryReceive(received, new byte[32], peer, newKeys));
        Assert.Equal(sent, received);

        var input = new byte[64];
        var outputs = new HashSet<string>();
        foreach (var index in new[] { -1, 0, 31, 32, 63 })
        {
            input.AsSpan().Clear();
            if (index >= 0)
                input[index] = 1;
            RootStep.Derive(received, new byte[32], input, newKeys, peer.Agreement.PublicKey.Bytes, peer.Decapsulation.EncapsulationKey.Bytes);
            Assert.True(outputs.Add(Convert.ToHexString(received)));
        }
    }

    [Fact]
    public void Forward_secrecy_a_state_does_not_open_what_it_received_before()
    {
        var pair = SessionPair.Confirmed(117);
        var message = SessionPair.Seal(pair.Owner, "gone", pair.Random);
        _ = SessionPair.Open(pair.Guest, message);
        using var thief = SessionPair.Clone(pair.Guest);

        Assert.Equal(SessionError.Duplicate, SessionPair.TryOpen(thief, message, out _));
    }

    [Fact]
    public void E_20_decision_16_a_cloned_state_never_shows_two_texts_under_one_keystream()
    {
        var pair = SessionPair.Confirmed(118);
        _ = SessionPair.Seal(pair.Owner, "make the chain", pair.Random);
        using var clone = SessionPair.Clone(pair.Owner);
        var one = SessionPair.Seal(pair.Owner, "text one", new SeededRandomForTestsOnly(1));
        var two = SessionPair.Seal(clone, "text two", new SeededRandomForTestsOnly(1));

        // one message key, one header: the nonces of the bodies differ as the texts do
        Assert.Equal(one[..2360], two[..2360]);
        Assert.NotEqual(one[2360..2384], two[2360..2384]);
        Assert.NotEqual(one[2384..2416].Zip(two[2384..2416], (a, b) => (byte)(a ^ b)).ToArray(), "text one"u8.ToArray().Concat(new byte[24]).Zip("text two"u8.ToArray().Concat(new byte[24]), (a, b) => (byte)(a ^ b)).ToArray());
        Assert.Equal("text one", SessionPair.Open(pair.Guest, one));
        Assert.Equal(SessionError.Duplicate, SessionPair.TryOpen(pair.Guest, two, out _));
    }

    [Fact]
    public void E_25_a_crash_before_the_state_is_stored_gives_the_same_message_again()
    {
        var pair = SessionPair.Confirmed(119);
        _ = SessionPair.Seal(pair.Owner, "make the chain", pair.Random);
        var stored = SessionPair.Export(pair.Owner);
        var message = SessionPair.Seal(pair.Owner, "same", new SeededRandomForTestsOnly(5));
        Assert.Equal(SessionStateError.None, Session.TryImport(stored, out var restored));

        Assert.Equal(message, SessionPair.Seal(restored!, "same", new SeededRandomForTestsOnly(5)));
    }

    [Fact]
    public void E_11_two_copies_of_one_device_part_at_the_next_step_and_the_peer_sees_it()
    {
        var pair = SessionPair.Confirmed(120);
        using var copy = SessionPair.Clone(pair.Guest);

        Assert.Equal("original", SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "original", pair.Random)));
        Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(pair.Owner, SessionPair.Seal(copy, "copy", pair.Random), out _));
    }

    [Fact]
    public void E_62_no_two_uses_share_a_label()
    {
        var labels = typeof(Protocol.Sessions.Labels).GetProperties(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
            .Select(property => property.GetGetMethod()!.CreateDelegate<LabelOf>()).Select(get => System.Text.Encoding.ASCII.GetString(get())).ToList();

        Assert.True(labels.Count >= 18);
        Assert.Equal(labels.Count, labels.Distinct().Count());
    }

    [Fact]
    public void Decision_20_the_receiver_could_have_made_every_message_it_got()
    {
        var pair = SessionPair.Confirmed(124);
        var state = SessionPair.Export(pair.Guest);
        var keys = state.AsSpan(5 + 32, 6 * 32);
        // all that a forger needs is in the receiver's own state: HKr, CKr and the peer's step; the flags say receiving, no own keys
        Assert.Equal(2 | 8, state[4]);
        var stepKeys = state.AsSpan(5 + 32 + (6 * 32) + 16, StepKeys.Size);
        var headerKey = state.AsSpan(5 + 32 + (6 * 32) + 16 + StepKeys.Size, 32);

        var header = new byte[SessionHeader.Size];
        SessionHeader.Start(header, stepKeys, 0);
        SessionHeader.Set(header, 1, 6);
        var message = new byte[Session.MessageSize];
        XChaCha20Poly1305.Seal(message.AsSpan(24, 2336), header, "secrets/1/hdr\0\u0001\0"u8, message.AsSpan(0, 24), headerKey);
        var key = new byte[32];
        var body = new byte[Session.MaxPlaintextSize];
        "forged"u8.CopyTo(body);
        ChainKey.DeriveMessageKey(keys[(5 * 32)..], key);
        Hkdf.ExpandSha256(key, key, "secrets/1/body"u8);
        byte[] associatedData = [.. pair.Guest.Transcript.Bytes, 0, .. message[..2360]];
        SyntheticAead.Seal(message.AsSpan(2360), body, associatedData, key);

        Assert.Equal("forged", SessionPair.Open(pair.Guest, message));
        Assert.DoesNotContain(typeof(Session).Assembly.GetTypes().Where(type => type.Namespace == typeof(Session).Namespace), type =>
            type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic).Any(field => field.FieldType == typeof(Ed25519PrivateKey)));
    }

    [Fact]
    public void Decision_1_one_round_trip_puts_new_keys_of_both_sides_in()
    {
        var pair = SessionPair.Confirmed(125);
        var before = pair.Owner.RootSteps;

        _ = SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "there", pair.Random));
        _ = SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, "and back", pair.Random));

        Assert.Equal(before + 2, pair.Owner.RootSteps);
        Assert.Equal(before + 2, pair.Guest.RootSteps);
    }

    [Fact]
    public void Decision_21_the_chain_is_HMAC_SHA_256_and_HKDF_as_everybody_has_them()
    {
        var key = new byte[32];
        var other = new byte[32];
        var derived = new byte[32];
        new SeededRandomForTestsOnly(126).Fill(key);

        ChainKey.DeriveMessageKey(key, derived);
        Assert.Equal(System.Security.Cryptography.HMACSHA256.HashData(key, new byte[] { 1 }), derived);
        ChainKey.DeriveBodyKey(key, derived);
        Hkdf.ExpandSha256(other, key, "secrets/1/body"u8);
        Assert.Equal(other, derived);
        var next = System.Security.Cryptography.HMACSHA256.HashData(key, new byte[] { 2 });
        ChainKey.Advance(key);
        Assert.Equal(next, key);
    }

    [Fact]
    public void E_28_disposing_wipes_every_key()
    {
        var pair = SessionPair.Confirmed(121);
        _ = SessionPair.Seal(pair.Owner, "lost", pair.Random);
        Work(pair.Guest, Skip(pair.Owner, 20, pair.Random));
        var receiving = Private<ReceivingChain>(pair.Guest, "_receiving");
        var skipped = Private<byte[]>(receiving.Skipped, "_keys");
        var keys = Private<byte[]>(Private<SecretBuffer>(pair.Guest, "_keys"), "_bytes");
        Assert.Contains(keys, value => value != 0);
        Assert.Contains(skipped, value => value != 0);

        pair.Guest.Dispose();

        Assert.All(keys, value => Assert.Equal(0, value));
        Assert.All(skipped, value => Assert.Equal(0, value));
        Assert.Throws<ObjectDisposedException>(() => SessionPair.Seal(pair.Guest, "x", pair.Random));
        Assert.Equal("Session", pair.Guest.ToString());
    }

    [Fact]
    public void E_28_used_chain_and_message_keys_leave_the_state()
    {
        var pair = SessionPair.Confirmed(122);
        _ = SessionPair.Seal(pair.Owner, "make the chain", pair.Random);
        var before = Convert.ToHexString(SessionPair.Export(pair.Owner).AsSpan(5 + 32 + (3 * 32), 32));

        _ = SessionPair.Seal(pair.Owner, "advance", pair.Random);

        Assert.DoesNotContain(before, Convert.ToHexString(SessionPair.Export(pair.Owner)), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_of_one_chain_allocate_little()
    {
        var pair = SessionPair.Confirmed(123);
        var message = new byte[Session.MessageSize];
        var plaintext = new byte[Session.MaxPlaintextSize];
        var budget = new StepBudget(SessionPair.Now);
        for (var i = 0; i < 50; i++)
            RoundTrip();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            RoundTrip();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 12_000);

        void RoundTrip()
        {
            pair.Owner.Encrypt("hello"u8, RandomSource.System, message);
            Assert.Equal(SessionError.None, pair.Guest.TryDecrypt(message, budget, plaintext, out _));
        }
    }

    private delegate ReadOnlySpan<byte> LabelOf();

    private static byte[] Skip(Session session, int count, RandomSource random)
    {
        var message = new byte[Session.MessageSize];
        for (var i = 0; i < count; i++)
            session.Encrypt([], random, message);
        return SessionPair.Seal(session, $"{count}", random);
    }

    // the same sender, so many messages later
    private static Session Ahead(Session session, int count)
    {
        var state = SessionPair.Export(session);
        var number = state.AsSpan(5 + 32 + (6 * 32), sizeof(uint));
        for (var i = 0; i < count; i++)
            ChainKey.Advance(state.AsSpan(5 + 32 + (3 * 32), ChainKey.Size));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(number) + (uint)count);
        Assert.Equal(SessionStateError.None, Session.TryImport(state, out var ahead));
        return ahead!;
    }

    private static void Work(Session session, byte[] message, StepBudget? budget = null)
    {
        budget ??= new StepBudget(SessionPair.Now);
        SessionError error;
        do
            error = SessionPair.TryOpen(session, message, out _, budget);
        while (error == SessionError.NeedsMoreWork);
        Assert.Equal(SessionError.None, error);
    }

    private static T Private<T>(object owner, string field) =>
        (T)owner.GetType().GetField(field, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(owner)!;
}

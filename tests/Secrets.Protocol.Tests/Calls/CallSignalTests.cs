using System.Text;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Chats;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>The form of signals, descriptions and parts.</summary>
public sealed class CallSignalTests
{
    [Fact]
    public void Every_signal_is_read_as_it_was_written_and_in_no_other_form()
    {
        foreach (var signal in CallSamples.All())
        {
            var bytes = Bytes(signal);
            Assert.Equal(CallError.None, CallSignal.TryRead(bytes, out var read));
            Assert.Equal(bytes, Bytes(read!));
            Assert.NotEqual(CallError.None, CallSignal.TryRead([.. bytes, 0], out _));
            // a description without its last lines is one too
            var isText = signal.Description is not null;
            for (var length = 0; length < bytes.Length; length++)
                Assert.True(CallSignal.TryRead(bytes.AsSpan(0, length), out _) != CallError.None || (isText && bytes[length - 1] == '\n'));
        }
    }

    [Theory]
    [InlineData("v=1\r\n", CallError.BadDescription)]
    [InlineData("", CallError.BadDescription)]
    [InlineData("v=0\r\na=x", CallError.BadDescription)]
    [InlineData("v=0\r\n\r\n", CallError.BadDescription)]
    [InlineData("v=0\na=x\r\n", CallError.BadDescription)]
    [InlineData("v=0\r\na=\u00e9\r\n", CallError.BadDescription)]
    [InlineData("v=0\r\na=fingerprint:sha-1 00\r\n", CallError.BadDescription)]
    public void A_text_that_is_no_description_is_refused(string text, CallError expected) =>
        Assert.Equal(expected, SessionDescription.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_description_of_two_certificates_of_none_or_with_keys_is_refused()
    {
        var text = Text(Alice);
        Assert.Equal(CallError.None, Read(text + $"a=fingerprint:sha-256 {Written(Alice).ToLowerInvariant()}\r\n"));
        Assert.Equal(CallError.BadDescription, Read(text + $"a=fingerprint:sha-256 {Written(Bob)}\r\n"));
        Assert.Equal(CallError.BadDescription, Read(text + "a=fingerprint:sha-512 00:11\r\n"));
        Assert.Equal(CallError.BadDescription, Read(text + "a=fingerprint:SHA-256 " + Written(Alice) + "\r\n"));
        Assert.Equal(CallError.BadDescription, Read(text + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n"));
        Assert.Equal(CallError.BadDescription, Read(text.Replace("a=fingerprint", "a=other", StringComparison.Ordinal)));
        Assert.Equal(CallError.TooLong, Read(text + string.Concat(Enumerable.Repeat("a=x\r\n", 3_000))));

        static CallError Read(string text) => SessionDescription.TryRead(Encoding.ASCII.GetBytes(text), out _);
    }

    [Fact]
    public void Only_relayed_ways_stay_where_no_address_is_to_be_shown()
    {
        var shown = Description(Alice).Text;
        var hidden = Description(Alice).WithoutAddresses();
        Assert.Contains("192.168.1.5", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("192.168.1.5", hidden.Text, StringComparison.Ordinal);
        Assert.Contains("203.0.113.7", hidden.Text, StringComparison.Ordinal);
        Assert.Equal(Alice, hidden.Fingerprint);

        Assert.False(SessionDescription.IsRelayed("candidate:1 1 udp 1 203.0.113.7 5 typ host x typ relay"));
        Assert.False(SessionDescription.IsRelayed("typ relay"));
    }

    [Fact]
    public void What_is_sent_wishes_for_even_sound_and_tells_no_loudness()
    {
        var text = Text(Alice) + "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\na=rtpmap:0 PCMU/8000\r\na=fmtp:0 x=1\r\n"
            + "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n";
        Assert.Equal(CallError.None, SessionDescription.TryRead(Encoding.ASCII.GetBytes(text), out var description));
        var even = description!.WithEvenSound().Text;
        Assert.Contains("a=fmtp:111 minptime=10;useinbandfec=1;cbr=1;usedtx=0\r\n", even, StringComparison.Ordinal);
        Assert.Contains("a=fmtp:0 x=1\r\n", even, StringComparison.Ordinal);
        Assert.DoesNotContain("audio-level", even, StringComparison.Ordinal);
        Assert.Contains("sdes:mid", even, StringComparison.Ordinal);
        Assert.Equal(even, description.WithEvenSound().WithEvenSound().Text);
    }

    [Fact]
    public void A_signal_of_several_parts_is_whole_when_the_last_is_there()
    {
        var signal = Enumerable.Range(0, 12_000).Select(static i => (byte)(i % 251)).ToArray();
        var parts = CallSignalMessage.Split(signal);
        Assert.Equal(8, parts.Count);
        var assembler = new CallSignalAssembler();
        foreach (var part in parts.SkipLast(1))
        {
            Assert.Equal(MessageError.None, assembler.TryAdd(part, out var notYet));
            Assert.True(notYet.IsEmpty);
        }
        Assert.Equal(MessageError.None, assembler.TryAdd(parts[^1], out var whole));
        Assert.Equal(signal, whole.ToArray());
    }

    [Fact]
    public void A_part_out_of_order_drops_the_signal_and_the_next_one_begins_anew()
    {
        var parts = CallSignalMessage.Split(new byte[4_000]);
        var assembler = new CallSignalAssembler();
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(parts[1], out _));
        Assert.Equal(MessageError.None, assembler.TryAdd(parts[0], out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(parts[2], out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(parts[1], out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(CallSignalMessage.Split(new byte[5_000])[1], out _));
        foreach (var part in parts.SkipLast(1))
            Assert.Equal(MessageError.None, assembler.TryAdd(part, out _));
        Assert.Equal(MessageError.None, assembler.TryAdd(parts[^1], out var whole));
        Assert.Equal(4_000, whole.Length);
    }
}

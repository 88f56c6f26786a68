using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Calls;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>Ids, descriptions, and two sides of a leg whose media engines do as they are told.</summary>
internal static class CallFixture
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Hash256 Alice = Hash256.Of("alice"u8);

    public static readonly Hash256 Bob = Hash256.Of("bob"u8);

    public const string Relayed = "candidate:1 1 udp 41885695 203.0.113.7 50000 typ relay raddr 0.0.0.0 rport 0";

    public const string Host = "candidate:2 1 udp 2113937151 192.168.1.5 40000 typ host";

    public static CallId Id(ulong seed) => CallId.Generate(new SeededRandomForTestsOnly(seed));

    public static string Written(Hash256 fingerprint) => string.Join(':', Convert.ToHexString(fingerprint.Bytes).Chunk(2).Select(static pair => new string(pair)));

    public static string Text(Hash256 fingerprint) =>
        $"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na={Relayed}\r\na={Host}\r\na=fingerprint:sha-256 {Written(fingerprint)}\r\na=setup:actpass\r\n";

    public static SessionDescription Description(Hash256 fingerprint)
    {
        Assert.Equal(CallError.None, SessionDescription.TryRead(Encoding.ASCII.GetBytes(Text(fingerprint)), out var description));
        return description!;
    }

    public static byte[] Bytes(CallSignal signal)
    {
        var bytes = new byte[signal.Size];
        signal.Write(bytes);
        return bytes;
    }

    /// <summary>The signal as the other side reads it.</summary>
    public static CallSignal Carry(CallSignal signal)
    {
        Assert.Equal(CallError.None, CallSignal.TryRead(Bytes(signal), out var read));
        return read!;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>Encrypt and decrypt of 100-byte messages, beside libsignal on the same machine in the same run.</summary>
internal static class SessionBench
{
    private const int Messages = 6000;
    private static readonly RandomSource Random = RandomSource.System;
    private static readonly byte[] Text = new byte[100];
    private static readonly byte[] Message = new byte[Session.MessageSize];
    private static readonly byte[] Plaintext = new byte[Session.MaxPlaintextSize];

    public static void Run()
    {
        System.Console.WriteLine("sessions, encrypt + decrypt of 100 bytes, ms of processor time a message (mean of a run of some thousand)");
        var peer = MeasurePeer();
        var (owner, guest) = Agree();
        for (var i = 0; i < 1000; i++) // warm up, in both directions
        {
            Pass(owner, guest);
            Pass(guest, owner);
        }
        Report("one direction", OneWay(owner, guest), peer?.OneWay, "8");
        Report("ping-pong", PingPong(owner, guest), peer?.PingPong, "1");
        Report("stored state", Store(owner), null, null);
        Report("one direction, stored both sides", OneWayStored(owner, guest), peer?.OneWay, null);
        Parts();
    }

    private static void Pass(Session from, Session to)
    {
        from.Encrypt(Text, Random, Message);
        if (to.TryDecrypt(Message, new StepBudget(DateTimeOffset.UnixEpoch), Plaintext, out _) != SessionError.None)
            throw new InvalidOperationException("A message did not open.");
    }

    private static double OneWay(Session owner, Session guest) => Processor(Messages, () => Pass(owner, guest));

    private static double PingPong(Session owner, Session guest) => Processor(Messages / 2, () =>
    {
        Pass(owner, guest);
        Pass(guest, owner);
    }) / 2;

    private static double Store(Session session) => Processor(Messages, () => session.Export(new byte[session.StateSize]));

    private static double OneWayStored(Session owner, Session guest) => Processor(Messages, () =>
    {
        Pass(owner, guest);
        owner.Export(new byte[owner.StateSize]);
        guest.Export(new byte[guest.StateSize]);
    });

    private static void Parts()
    {
        System.Console.WriteLine("where the time goes (the least of 30 runs):");
        using var one = X25519PrivateKey.Generate(Random);
        using var two = X25519PrivateKey.Generate(Random);
        using var kem = MlKemDecapsulationKey.Generate(Random);
        var shared = new byte[32];
        var ciphertext = new byte[MlKemEncapsulationKey.CiphertextSize];
        var key = new byte[32];
        var nonce = new byte[24];
        var header = new byte[2320];
        var sealedHeader = new byte[2336];
        var body = new byte[Session.MaxPlaintextSize];
        var sealedBody = new byte[Session.MaxPlaintextSize + SyntheticAead.Overhead];
        var data = new byte[2393];
        Report("HMAC-SHA-256", Least(() => Time(100, () => _ = System.Security.Cryptography.HMACSHA256.HashData(key, nonce, shared))), null, null);
        Report("HKDF expand", Least(() => Time(100, () => Hkdf.ExpandSha256(shared, key, nonce))), null, null);
        Report("seal a header", Least(() => Time(100, () => XChaCha20Poly1305.Seal(sealedHeader, header, nonce, nonce, key))), null, null);
        Report("seal a body", Least(() => Time(100, () => SyntheticAead.Seal(sealedBody, body, data, key))), null, null);
        Report("open a body", Least(() => Time(100, () => _ = SyntheticAead.TryOpen(body, sealedBody, data, key))), null, null);
        Report("24 random bytes", Least(() => Time(100, () => Random.Fill(nonce))), null, null);
        Report("X25519 key pair", Least(() => Time(100, () => X25519PrivateKey.Generate(Random).Dispose())), null, null);
        Report("X25519 agreement", Least(() => Time(100, () => _ = one.TryAgree(two.PublicKey, shared))), null, null);
        Report("ML-KEM-768 key pair", Least(() => Time(100, () => MlKemDecapsulationKey.Generate(Random).Dispose())), null, null);
        Report("ML-KEM-768 encapsulate", Least(() => Time(100, () => kem.EncapsulationKey.Encapsulate(ciphertext, shared, Random))), null, null);
        Report("ML-KEM-768 decapsulate", Least(() => Time(100, () => _ = kem.TryDecapsulate(ciphertext, shared))), null, null);
    }

    private static (Session Owner, Session Guest) Agree()
    {
        using var ownerKey = X25519PrivateKey.Generate(Random);
        using var guestKey = X25519PrivateKey.Generate(Random);
        using var keys = OfferKeys.Generate(Random);
        using var capability = WriteCapability.Generate(Random);
        var offer = Offer.Create(OfferKind.Link, DateTimeOffset.UnixEpoch.AddDays(1), ownerKey.PublicKey, keys, "link"u8, "", [], Random);
        using var secret = Secret.Of(offer, []);
        using var content = new AnswerContent([new byte[] { 1 }], capability.GrantRead(), capability.GrantRead(), default, "", [], default);
        var answer = new byte[GuestAgreement.GetAnswerSize(content)];
        if (GuestAgreement.TryCreate(secret, offer, default, guestKey, content, Random, answer, out var guest) != OfferError.None
            || OwnerAgreement.TryAccept(secret, offer, keys, default, ownerKey, answer, out var owner, out _, out _) != AnswerError.None)
            throw new InvalidOperationException("The agreement failed.");
        return (owner!.Session, guest!.Session);
    }

    private static double Time(int count, Action action)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
            action();
        return watch.Elapsed.TotalMilliseconds / count;
    }

    // what else runs on the machine doesn't count; the collector does
    private static double Processor(int count, Action action)
    {
        using var process = Process.GetCurrentProcess();
        var start = process.TotalProcessorTime;
        for (var i = 0; i < count; i++)
            action();
        process.Refresh();
        return (process.TotalProcessorTime - start).TotalMilliseconds / count;
    }

    private static double Least(Func<double> run) => Enumerable.Range(0, 30).Select(_ => run()).Min();

    private static void Report(string name, double milliseconds, double? peer, string? wanted)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"  {name,-34} {milliseconds,8:F4}");
        if (peer is not null)
            line += string.Create(CultureInfo.InvariantCulture, $"   libsignal {peer:F3}, {peer / milliseconds:F1} times as fast{(wanted is null ? "" : $" (wanted {wanted})")}");
        System.Console.WriteLine(line);
    }

    private static (double OneWay, double PingPong)? MeasurePeer()
    {
        var folder = FindPeer();
        if (folder is null)
        {
            System.Console.WriteLine("  libsignal is not measured: npm ci in benchmarks/peers/libsignal installs it");
            return null;
        }
        using var node = Process.Start(new ProcessStartInfo("node", "bench.mjs 2000") { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var text = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0)
            return null;
        using var result = JsonDocument.Parse(text);
        return (result.RootElement.GetProperty("oneWay").GetDouble(), result.RootElement.GetProperty("pingPong").GetDouble());
    }

    private static string? FindPeer()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peer = Path.Combine(folder.FullName, "benchmarks", "peers", "libsignal");
            if (Directory.Exists(Path.Combine(peer, "node_modules")))
                return peer;
        }
        return null;
    }
}

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Hosting;

public sealed class HostTests
{
    [Fact]
    public async Task The_pages_tell_the_address_the_health_and_the_counters_and_nothing_of_the_server()
    {
        await using var relay = await TestRelay.StartAsync();
        using var http = new HttpClient { BaseAddress = relay.Http };

        using var described = await http.GetAsync("/relay.json");
        var json = JsonDocument.Parse(await described.Content.ReadAsByteArrayAsync()).RootElement;
        var health = await http.GetStringAsync("/health");
        var metrics = await http.GetStringAsync("/metrics");

        Assert.Equal(relay.Host.Address.ToString(), json.GetProperty("address").GetString());
        Assert.True(MultiserverAddress.TryParse(json.GetProperty("address").GetString(), out var address));
        Assert.Equal(relay.Host.Core.PublicKey, address.Key);
        Assert.Equal(ManifestError.None, RelayManifest.TryRead(json.GetProperty("manifest").GetBytesFromBase64(), relay.Host.Id, out _));
        Assert.Equal("ok\n", health);
        Assert.Contains("secrets_writes_total 0\n", metrics, StringComparison.Ordinal);
        Assert.False(described.Headers.Contains("Server"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.UpgradeRequired, (await http.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_counters_are_not_shown_through_a_proxy_or_when_switched_off()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var closed = await TestRelay.StartAsync(options => options with { Metrics = MetricsAccess.Off });
        using var http = new HttpClient();
        using var proxied = new HttpRequestMessage(HttpMethod.Get, new Uri(relay.Http, "/metrics"));
        proxied.Headers.Add("X-Forwarded-For", "192.0.2.7");

        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(proxied)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(closed.Http, "/metrics"))).StatusCode);
    }

    [Fact]
    public async Task What_is_announced_is_told_instead_of_where_it_listens()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Announce = ["wss://relay.example", "net:relay.example:7401"] });

        Assert.Equal(["wss://relay.example", "net:relay.example:7401"], relay.Host.Address.Endpoints.Select(endpoint => endpoint.ToString()));
        var refusal = await Assert.ThrowsAsync<RelayException>(() => TestRelay.StartAsync(options => options with { Announce = ["relay.example"] }));
        Assert.Equal(RelayErrorCode.BadOption, refusal.Code);
    }

    [Fact]
    public async Task A_taken_port_is_named_in_one_line_and_the_folder_is_given_back()
    {
        await using var relay = await TestRelay.StartAsync();
        using var folder = new TemporaryFolder();
        var options = TestRelay.FreePorts(folder.Path) with { ListenTcp = relay.Host.LocalTcpEndpoint };

        var refusal = await Assert.ThrowsAsync<RelayException>(() => RelayHost.StartAsync(options, CancellationToken.None));

        Assert.Equal(RelayErrorCode.AddressTaken, refusal.Code);
        Assert.Contains(relay.Host.LocalTcpEndpoint!.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        await using var free = await RelayHost.StartAsync(TestRelay.FreePorts(folder.Path), CancellationToken.None);
    }

    [Fact]
    public async Task Without_HTTP_it_serves_TCP_and_says_nothing_of_HTTP()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Listen = null });
        await using var client = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();

        Assert.Null(relay.Host.LocalEndpoint);
        Assert.Equal(StackTransport.Tcp, Assert.Single(relay.Host.Address.Endpoints).Transport);
        Assert.Equal(BoxStatus.Ok, (await client.WriteAsync(box)).Status);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_1_3_and_nothing_older()
    {
        using var folder = new TemporaryFolder();
        using var certificate = SelfSigned(folder["cert.pem"]);
        await using var relay = await TestRelay.StartAsync(options => options with { Certificate = folder["cert.pem"] });
        Assert.Contains(relay.Host.Address.Endpoints, endpoint => endpoint.Transport is StackTransport.SecureWebSocket);

        Assert.Equal(SslProtocols.Tls13, await NegotiateAsync(relay, SslProtocols.None));
#pragma warning disable SYSLIB0039, CA5398, CA5397 // the point is that it is refused
        _ = await Assert.ThrowsAnyAsync<Exception>(() => NegotiateAsync(relay, SslProtocols.Tls12));
#pragma warning restore SYSLIB0039, CA5398, CA5397
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_said()
    {
        var refusal = await Assert.ThrowsAsync<RelayException>(() => TestRelay.StartAsync(options => options with { Certificate = "/nowhere.pem" }));

        Assert.Equal(RelayErrorCode.BadCertificate, refusal.Code);
    }

    [Fact]
    public async Task A_relay_without_sockets_serves_a_pipe()
    {
        using var folder = new TemporaryFolder();
        await using var core = RelayCore.Start(new RelayOptions { DataFolder = folder.Path, ReserveBytes = 0 });
        var (near, far) = DuplexPair.Create();
        var serving = core.AcceptAsync(far);
        await using var node = RelayClient.Client(new PipeNetwork(near));
        await using var client = await node.ConnectAsync(new MultiserverAddress(core.PublicKey, new StackEndpoint(StackTransport.Tcp, "relay", 1)));

        var manifest = await client.CallAsync(BoxesNetwork.ManifestMethod);

        Assert.Equal(ManifestError.None, RelayManifest.TryRead(manifest.Binary.Span, core.Id, out _));
        Assert.Equal(1, core.ConnectionCount);
        await client.DisposeAsync();
        _ = await serving;
        Assert.Equal(0, core.ConnectionCount);
    }

    [Fact]
    public async Task Stopping_answers_what_was_taken_and_says_goodbye()
    {
        var relay = await TestRelay.StartAsync();
        await using var client = await RelayClient.ConnectAsync(relay.Host);
        var boxes = Enumerable.Range(0, 20).Select(_ => new TestBox()).ToArray();
        await client.SendAsync([.. boxes.Select(box => RelayClient.WriteCell(box.Sealed))]);
        _ = await client.NextAsync();

        var stopping = relay.DisposeAsync().AsTask();
        var answers = await client.NextAsync(boxes.Length - 1);
        await stopping;

        Assert.All(answers, answer => Assert.Equal(BoxStatus.Ok, answer.Status));
        Assert.Equal(StackError.Closed, await client.Peer.Completion);
    }

    private static X509Certificate2 SelfSigned(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=relay", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static async Task<SslProtocols> NegotiateAsync(TestRelay relay, SslProtocols protocols)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(relay.Host.LocalEndpoint!);
#pragma warning disable CA5359 // the certificate is the test's own
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "relay", EnabledSslProtocols = protocols });
        return tls.SslProtocol;
    }

    private sealed class PipeNetwork(IDuplexConnection connection) : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => true;

        public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(connection);
    }
}

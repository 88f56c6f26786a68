using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Secrets.Relay.Web;
using Secrets.Stack;
using Secrets.Stack.Server;
using Secrets.Transport.Boxes;

namespace Secrets.Relay;

/// <summary>A running relay: the core behind Kestrel, with WebSocket and a few pages on one port, and behind its own listener of TCP on another.</summary>
public sealed class RelayHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly RelayAddresses _addresses;
    private readonly RelayOptions _options;

    private RelayHost(WebApplication app, RelayCore core, RelayAddresses addresses, RelayOptions options)
    {
        _options = options;
        _app = app;
        Core = core;
        _addresses = addresses;
    }

    /// <summary>The relay behind the listeners.</summary>
    public RelayCore Core { get; }

    /// <summary>The relay's id.</summary>
    public RelayId Id => Core.Id;

    /// <summary>How clients reach it.</summary>
    public MultiserverAddress Address => _addresses.Announced(RelayAddresses.Loopback);

    /// <summary>Where the web app is served; null: it is not.</summary>
    public Uri? WebAddress => _options.WebFolder is not null && _addresses.Http is { } http
        ? new UriBuilder(_options.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, http.Address.Equals(IPAddress.Any) || http.Address.Equals(IPAddress.IPv6Any) ? "localhost" : http.Address.ToString(), http.Port).Uri
        : null;

    /// <summary>Where HTTP and WebSocket are served; null: not at all.</summary>
    public IPEndPoint? LocalEndpoint => _addresses.Http;

    /// <summary>Where TCP is served; null: not at all.</summary>
    public IPEndPoint? LocalTcpEndpoint => _addresses.Tcp;

    /// <summary>Starts a relay that logs nothing.</summary>
    /// <exception cref="RelayException">It can't start; the reason is one line for the host.</exception>
    public static Task<RelayHost> StartAsync(RelayOptions options, CancellationToken cancellationToken) => StartAsync(options, static _ => { }, cancellationToken);

    /// <summary>Starts a relay with logging as the caller sets it up.</summary>
    /// <exception cref="RelayException">It can't start; the reason is one line for the host.</exception>
    public static async Task<RelayHost> StartAsync(RelayOptions options, Action<ILoggingBuilder> configureLogging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configureLogging);
        var certificate = LoadCertificate(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        _ = builder.Services.AddRoutingCore().Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        using var loggers = LoggerFactory.Create(configureLogging);
        var core = RelayCore.Start(options, loggers.CreateLogger("Secrets.Relay"));
        WebApplication? app = null;
        try
        {
            var addresses = new RelayAddresses(options, core.PublicKey);
            _ = builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
            _ = builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, core, addresses, certificate));
            app = builder.Build();
            Map(app, core, options, addresses);
            // without an endpoint of ours Kestrel would choose one
            if (options.Listen is not null)
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            addresses.Bound(options.ListenTcp is { } tcp ? core.ListenTcp(tcp) : null);
            return new RelayHost(app, core, addresses, options);
        }
        catch (Exception e)
        {
            if (app is not null)
                await app.DisposeAsync().ConfigureAwait(false);
            await core.DisposeAsync().ConfigureAwait(false);
            if (e is IOException or SocketException)
                throw new RelayException(RelayErrorCode.AddressTaken, Taken(options));
            throw;
        }
    }

    /// <summary>Stops accepting, answers what is under way, says goodbye, makes everything durable and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopping = _app.StopAsync(CancellationToken.None);
        await Core.CloseConnectionsAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await Core.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, RelayCore core, RelayAddresses addresses, HttpsConnectionAdapterOptions? certificate)
    {
        const int MaxHeaders = 16 << 10;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
        kestrel.Limits.RequestHeadersTimeout = HeadTimeout;
        kestrel.Limits.KeepAliveTimeout = KeepAliveTimeout;
        kestrel.Limits.MaxConcurrentConnections = addresses.Options.Limits.MaxHttpConnections;
        if (addresses.Options.Listen is { } http)
        {
            kestrel.Listen(http, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                // before TLS, so that one too many costs no handshake; a WebSocket stays the one connection that it came by
                _ = listen.Use(next => connection => ServeCountedAsync(connection, core, next));
                if (certificate is not null)
                    _ = listen.UseHttps(certificate);
                addresses.HttpListener = listen;
            });
        }
    }

    private static async Task ServeCountedAsync(ConnectionContext connection, RelayCore core, ConnectionDelegate next)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (!core.TryEnter(remote))
        {
            connection.Abort();
            return;
        }
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            core.Leave(remote);
        }
    }

    private static void Map(WebApplication app, RelayCore core, RelayOptions options, RelayAddresses addresses)
    {
        _ = app.UseWebSockets();
        if (options.WebFolder is { } folder)
        {
            var web = WebApp.Load(folder, options.Certificate is not null);
            _ = app.Use((context, next) => web.InvokeAsync(context, next));
        }
        app.MapRelayPages(core, options, host => addresses.Announced(host).ToString());
        _ = app.MapStack(core.Node);
    }

    private static HttpsConnectionAdapterOptions? LoadCertificate(RelayOptions options)
    {
        if (options.Certificate is null)
            return null;
        try
        {
            using var loaded = X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.Certificate);
            return new HttpsConnectionAdapterOptions
            {
                // a key as it comes from a PEM file is not usable for TLS on every system; one from PKCS #12 is
                ServerCertificate = X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), password: null),
                ServerCertificateChain = chain,
                SslProtocols = SslProtocols.Tls13,
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RelayException(RelayErrorCode.BadCertificate);
        }
    }

    private static string Taken(RelayOptions options)
    {
        foreach (var endpoint in (IPEndPoint?[])[options.Listen, options.ListenTcp])
        {
            if (endpoint is null)
                continue;
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(endpoint);
                socket.Listen();
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                return $"{endpoint} is taken: another program listens there, perhaps another relay; choose one with --listen or --listen-tcp";
            }
            catch (SocketException)
            {
                return $"{endpoint} can't be listened on: it is no address of this machine, or the port needs a right that this user hasn't";
            }
        }
        return "an address to listen on is taken";
    }
}

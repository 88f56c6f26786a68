using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Relay.Calls;

/// <summary>Gives out credentials for the TURN server beside the relay: <c>calls.turn</c>. It keeps no account of who asked.</summary>
/// <remarks>Spec: docs/protocol/calls.md §4.6.</remarks>
internal sealed class CallsPlugin : IDisposable
{
    private const int NameBytes = 16;
    private const int AtOnce = 20;

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan OneMoreAfter = TimeSpan.FromSeconds(3);

    private readonly ConditionalWeakTable<StackPeer, TokenBucketRateLimiter> _buckets = [];
    private readonly TimeProvider _clock;
    private readonly RandomSource _random;
    private readonly IReadOnlyList<string> _urls;
    private readonly SecretBuffer? _secret;

    /// <summary>With what the options say of a server.</summary>
    /// <exception cref="RelayException">The file with its secret can't be read.</exception>
    public CallsPlugin(RelayOptions options)
    {
        _clock = options.Clock;
        _random = options.Random;
        _urls = options.Turn;
        _secret = options.Turn.Count == 0 ? null : ReadSecret(options.TurnSecretFile);
    }

    /// <summary>The plugin of a node.</summary>
    public Plugin ToPlugin() => new Plugin("calls", "Calls that show no address.")
    {
        ["turn"] = Rpc.Async(call => ValueTask.FromResult(RpcValue.FromJson(MakeFor(call.Peer)))).Describe("Credentials for the TURN server beside this relay; null if there is none."),
    }.AllowAnonymous("turn");

    /// <inheritdoc/>
    public void Dispose() => _secret?.Dispose();

    private JsonObject? MakeFor(StackPeer peer)
    {
        if (_secret is null)
            return null;
        using var lease = _buckets.GetValue(peer, static _ => NewBucket()).AttemptAcquire();
        if (!lease.IsAcquired)
            throw new RpcException("too many credentials, ask again later");
        return Make();
    }

    private JsonObject Make()
    {
        Span<byte> name = stackalloc byte[NameBytes];
        _random.Fill(name);
        // random: the server's log, if somebody keeps one, must not tell who called whom
        var username = string.Create(CultureInfo.InvariantCulture, $"{(_clock.GetUtcNow() + Life).ToUnixTimeSeconds()}:{Convert.ToHexStringLower(name)}");
        Span<byte> credential = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // what TURN servers with a shared secret compute; as a MAC it is not broken
        _ = HMACSHA1.HashData(_secret!.Bytes, Encoding.ASCII.GetBytes(username), credential);
#pragma warning restore CA5350
        var urls = new JsonArray();
        foreach (var url in _urls)
            urls.Add((JsonNode)JsonValue.Create(url));
        return new JsonObject
        {
            ["urls"] = urls,
            ["username"] = username,
            ["credential"] = Convert.ToBase64String(credential),
            ["seconds"] = (int)Life.TotalSeconds,
        };
    }

    private static TokenBucketRateLimiter NewBucket() => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = AtOnce,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = OneMoreAfter,
        AutoReplenishment = true,
        QueueLimit = 0,
    });

    private static SecretBuffer ReadSecret(string? file)
    {
        const int LeastLength = 16;
        try
        {
            var text = file is null ? [] : File.ReadAllBytes(file);
            var trimmed = text.AsSpan().Trim("\r\n "u8);
            if (trimmed.Length < LeastLength)
                throw new RelayException(RelayErrorCode.BadTurnSecret);
            var secret = new SecretBuffer(trimmed.Length);
            trimmed.CopyTo(secret.Bytes);
            CryptographicOperations.ZeroMemory(text);
            return secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RelayException(RelayErrorCode.BadTurnSecret);
        }
    }
}

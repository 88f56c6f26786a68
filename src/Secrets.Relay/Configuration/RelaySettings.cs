using System.Globalization;
using System.Net;

namespace Secrets.Relay.Configuration;

/// <summary>Options while they are gathered by name: first the file's, over them the environment's, over them the flags'.</summary>
internal sealed class RelaySettings
{
    private const int MaxTurnUrls = 4;

    private static readonly Dictionary<string, Func<RelaySettings, string, bool>> Readers = new(StringComparer.Ordinal)
    {
        ["data"] = static (s, text) => text.Length > 0 && s.Set(o => o with { DataFolder = text }),
        ["listen"] = static (s, text) => TryReadEndpoint(text, out var endpoint) && s.Set(o => o with { Listen = endpoint }),
        ["listen-tcp"] = static (s, text) => TryReadEndpoint(text, out var endpoint) && s.Set(o => o with { ListenTcp = endpoint }),
        ["announce"] = static (s, text) => s.Set(o => o with { Announce = Split(text) }),
        ["certificate"] = static (s, text) => s.Set(o => o with { Certificate = text }),
        ["key"] = static (s, text) => s.Set(o => o with { CertificateKey = text }),
        ["web"] = static (s, text) => text.Length > 0 && s.Set(o => o with { WebFolder = text == "none" ? null : text }),
        ["keep-days"] = static (s, text) => TryReadNumber(text, 1, 365, out var days) && s.Set(o => o with { KeepDays = days }),
        ["quota"] = static (s, text) => TryReadBytes(text, out var bytes) && s.Set(o => o with { QuotaBytes = bytes }),
        ["reserve"] = static (s, text) => TryReadBytes(text, out var bytes) && s.Set(o => o with { ReserveBytes = bytes }),
        ["writers"] = static (s, text) => s.Set(o => o with { Writers = Split(text) }),
        ["turn"] = static (s, text) => Split(text) is var urls && urls.Length <= MaxTurnUrls && urls.All(IsTurnUrl) && s.Set(o => o with { Turn = urls }),
        ["turn-secret"] = static (s, text) => text.Length > 0 && s.Set(o => o with { TurnSecretFile = text }),
        ["metrics"] = static (s, text) => TryReadAccess(text, out var access) && s.Set(o => o with { Metrics = access }),
        ["max-connections"] = static (s, text) => TryReadNumber(text, 1, 1_000_000, out var n) && s.SetLimit(l => l with { MaxConnections = n }),
        ["max-http-connections"] = static (s, text) => TryReadNumber(text, 1, 1_000_000, out var n) && s.SetLimit(l => l with { MaxHttpConnections = n }),
        ["max-connections-per-network"] = static (s, text) => TryReadNumber(text, 1, 1_000_000, out var n) && s.SetLimit(l => l with { MaxConnectionsPerNetwork = n }),
        ["rate-per-connection"] = static (s, text) => TryReadRate(text, out var rate) && s.SetLimit(l => l with { Connection = rate }),
        ["rate-per-network"] = static (s, text) => TryReadRate(text, out var rate) && s.SetLimit(l => l with { Network = rate }),
        ["rate"] = static (s, text) => TryReadRate(text, out var rate) && s.SetLimit(l => l with { Relay = rate }),
        ["waiting-reads-per-connection"] = static (s, text) => TryReadNumber(text, 0, 1_000_000, out var n) && s.SetLimit(l => l with { MaxWaitingPerConnection = n }),
        ["rooms"] = static (s, text) => text is "none" ? s.SetRooms(r => r with { Enabled = false }) : TryReadNumber(text, 1, 100_000, out var n) && s.SetRooms(r => r with { MaxRooms = n, Enabled = true }),
        ["rooms-per-connection"] = static (s, text) => TryReadNumber(text, 1, 30, out var n) && s.SetRooms(r => r with { MaxRoomsPerConnection = n }),
        ["room-participants"] = static (s, text) => TryReadNumber(text, 2, Transport.Rooms.RoomsNetwork.MaxParticipants, out var n) && s.SetRooms(r => r with { MaxParticipants = n }),
        ["room-rate"] = static (s, text) => TryReadRate(text, out var rate) && s.SetRooms(r => r with { Room = rate }),
        ["room-rate-per-participant"] = static (s, text) => TryReadRate(text, out var rate) && s.SetRooms(r => r with { Session = rate }),
        ["room-attempts-per-network"] = static (s, text) => TryReadNumber(text, 1, 1_000_000, out var n) && s.SetRooms(r => r with { AttemptsPerNetwork = n }),
        ["room-attempts"] = static (s, text) => TryReadNumber(text, 1, 1_000_000, out var n) && s.SetRooms(r => r with { AttemptsPerRoom = n }),
        ["waiting-reads"] = static (s, text) => TryReadNumber(text, 0, 10_000_000, out var n) && s.SetLimit(l => l with { MaxWaiting = n }),
    };

    /// <summary>Starts with the defaults and a data folder.</summary>
    public RelaySettings(string defaultDataFolder) => Options = new RelayOptions { DataFolder = defaultDataFolder };

    /// <summary>All names, as flags spell them without the dashes before.</summary>
    public static IEnumerable<string> Names => Readers.Keys;

    /// <summary>The options as gathered so far.</summary>
    public RelayOptions Options { get; private set; }

    /// <summary>True for a name that exists.</summary>
    public static bool Knows(string name) => Readers.ContainsKey(name);

    /// <summary>Sets one; false for a value that can't be read.</summary>
    public bool TrySet(string name, string text) => Readers[name](this, text);

    private bool Set(Func<RelayOptions, RelayOptions> change)
    {
        Options = change(Options);
        return true;
    }

    private bool SetLimit(Func<RelayLimits, RelayLimits> change) => Set(o => o with { Limits = change(o.Limits) });

    private bool SetRooms(Func<RoomLimits, RoomLimits> change) => Set(o => o with { Rooms = change(o.Rooms) });

    private static string[] Split(string text) => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsTurnUrl(string text) => text.StartsWith("turn:", StringComparison.Ordinal) || text.StartsWith("turns:", StringComparison.Ordinal);

    private static bool TryReadEndpoint(string text, out IPEndPoint? endpoint)
    {
        endpoint = null;
        if (text == "none")
            return true;
        if (text.StartsWith("localhost:", StringComparison.Ordinal))
            text = "127.0.0.1" + text["localhost".Length..];
        // the parser takes an address without a port for port 0, and a bare IPv6 address for one with a port
        var hasPort = text.StartsWith('[') ? text.Contains("]:", StringComparison.Ordinal) : text.AsSpan().Count(':') == 1;
        return hasPort && IPEndPoint.TryParse(text, out endpoint);
    }

    private static bool TryReadNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private static bool TryReadRate(string text, out RateLimit rate)
    {
        const int BurstSeconds = 10;
        const int Most = 10_000_000;
        var parts = text.Split('/');
        rate = default;
        if (parts.Length > 2 || !TryReadNumber(parts[0], 1, Most, out var perSecond))
            return false;
        var burst = perSecond * BurstSeconds;
        if (parts.Length == 2 && !TryReadNumber(parts[1], 1, Most, out burst))
            return false;
        rate = new RateLimit(perSecond, burst);
        return true;
    }

    private static bool TryReadBytes(string text, out long bytes)
    {
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        bytes = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> (shift + 1))
            return false;
        bytes = number << shift;
        return true;
    }

    private static bool TryReadAccess(string text, out MetricsAccess access)
    {
        access = text switch { "all" => MetricsAccess.All, "off" => MetricsAccess.Off, _ => MetricsAccess.Loopback };
        return text is "all" or "off" or "loopback";
    }
}

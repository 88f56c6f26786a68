using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Secrets.Browser.Crypto;
using Secrets.Browser.Network;
using Secrets.Browser.Storage;
using Secrets.Client;
using Secrets.Client.Api;
using Secrets.Client.Hosting;
using Secrets.Crypto;

namespace Secrets.Browser;

/// <summary>What the worker calls: commands in, events out, all of it as text. No state but the one host.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Bridge
{
    private static ClientHost? _host;
    private static readonly Dictionary<int, ReadOnlyMemory<byte>> Given = [];

    /// <summary>Starts the host, once.</summary>
    /// <param name="page">The address of the page, up to and with its last slash.</param>
    /// <param name="version">The version of the program.</param>
    [JSExport]
    internal static async Task StartAsync(string page, string version)
    {
        CryptoBackend.Use(new BrowserBackend());
        var shelf = await IndexedDbShelf.OpenAsync().ConfigureAwait(false);
        var network = new PageNetwork(new Uri(page));
        var client = new ClientOptions { Network = network.Relays, AppAddress = page };
        _host = new ClientHost(shelf, new HostOptions { Client = client, Version = version, FindRelay = network.FindRelayAsync }, new PageObserver());
    }

    /// <summary>Runs a command. Answers "+" and the result as JSON, or "-" and the name of the refusal.</summary>
    /// <param name="id">A number of the page's own, for <see cref="TakeBytes"/>: many commands run at the same time.</param>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">As JSON.</param>
    /// <param name="bytes">Beside the arguments, if the command wants some.</param>
    [JSExport]
    internal static async Task<string> CallAsync(int id, string command, string arguments, byte[]? bytes)
    {
        var reply = await _host!.CallAsync(command, new ApiRequest { Arguments = arguments, Bytes = bytes }, CancellationToken.None).ConfigureAwait(false);
        if (!reply.Bytes.IsEmpty)
            Given[id] = reply.Bytes;
        return reply.Error is { } error ? "-" + error : "+" + reply.Result;
    }

    /// <summary>The bytes beside the result of a command that was answered, once; empty if there are none.</summary>
    [JSExport]
    internal static byte[] TakeBytes(int id) => Given.Remove(id, out var given) ? given.ToArray() : [];

    /// <summary>The id of the open identity if another tab could go on with it; empty if not.</summary>
    [JSExport]
    internal static string HandOverId()
    {
        using var handOver = _host!.CopyHandOver();
        return handOver?.Id ?? "";
    }

    /// <summary>What opens it there, without its password.</summary>
    [JSExport]
    internal static byte[] HandOverKey()
    {
        using var handOver = _host!.CopyHandOver();
        var key = new byte[handOver?.Key.Length ?? 0];
        handOver?.Key.ExportForVault(key);
        return key;
    }

    /// <summary>Opens what another tab had open; false if that can't be.</summary>
    [JSExport]
    internal static async Task<bool> ResumeAsync(string id, byte[] key)
    {
        using var before = new HandOver(id, new SecretBuffer(key));
        CryptographicOperations.ZeroMemory(key);
        return await _host!.ResumeAsync(before, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed class PageObserver : IHostObserver
    {
        public void Happened(string json) => PageCalls.Happened(json);

        public void RoomHappened(string json) => PageCalls.RoomHappened(json);

        public void Changed() => PageCalls.Changed();
    }
}

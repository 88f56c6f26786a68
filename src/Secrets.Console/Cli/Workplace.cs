using Secrets.Client;
using Secrets.Client.Network;
using Secrets.Client.Rooms;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Console.Cli;

/// <summary>What one run of a command works with: terminal, output, the folder of the identity, the password.</summary>
internal sealed class Workplace
{
    private static readonly TimeSpan ProgressAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long a command waits for a relay that answers but never to the end.</summary>
    private static readonly TimeSpan SyncLimit = TimeSpan.FromMinutes(2);

    private readonly string? _passwordFile;
    private byte[]? _password;

    public Workplace(Terminal terminal, bool json, string? store, string? passwordFile)
    {
        Terminal = terminal;
        Output = new Output(terminal, json);
        _passwordFile = passwordFile;
        Folder = Path.GetFullPath(First(store, Environment.GetEnvironmentVariable("SECRETS_STORE")) ?? DefaultFolder());
    }

    public Terminal Terminal { get; }

    public Output Output { get; }

    /// <summary>The folder of the identity.</summary>
    public string Folder { get; }

    public ClientOptions Options { get; } = new() { Network = new StackRelayNetwork(TimeProvider.System, RandomSource.System) };

    /// <summary>The password of the identity, asked for once.</summary>
    public ReadOnlyMemory<byte> Password(string prompt = "Password: ") => _password ??= ReadPassword(prompt);

    /// <summary>A new password: twice at a terminal, so that a slip shows.</summary>
    public ReadOnlyMemory<byte> NewPassword(string prompt = "New password: ")
    {
        var first = ReadPassword(prompt);
        if (first.Length == 0)
            throw new RefusedException("An empty password protects nothing. Nothing was made.");
        if (Terminal.IsInteractive && _passwordFile is null)
        {
            var second = Terminal.ReadPassword("The same once more: ");
            if (!first.AsSpan().SequenceEqual(second))
                throw new RefusedException("The two differ. Nothing was made.");
        }
        _password = first;
        return first;
    }

    /// <summary>Reads one more password, from the terminal or the next line of standard input, never from the file.</summary>
    public ReadOnlyMemory<byte> OtherPassword(string prompt) => Terminal.ReadPassword(prompt);

    /// <summary>Rooms, which need no identity; the relay is the one that this machine runs, unless another is named.</summary>
    public RoomClient CreateRooms() => new(new RoomClientOptions
    {
        Network = new StackRelayNetwork(TimeProvider.System, RandomSource.System),
        AppAddress = Options.AppAddress,
        FindRelay = static stop => new ValueTask<string?>(RelayFinder.FindAsync(stop)),
    });

    public async Task<SecretsClient> OpenAsync(bool connect, CancellationToken cancellationToken)
    {
        if (!await IdentityStore.ExistsAsync(new FileBackend(Folder), cancellationToken).ConfigureAwait(false))
            throw new RefusedException(Sentences.NoStore);
        var password = Password();
        var client = await WaitAsync("Unlocking…", SecretsClient.OpenAsync(new FileBackend(Folder), password, Options, connect, cancellationToken)).ConfigureAwait(false);
        foreach (var damage in client.Damage)
            await Terminal.Error.WriteLineAsync($"Damaged: {Sentences.Of(damage)}. The store is open for reading only.").ConfigureAwait(false);
        return client;
    }

    /// <summary>Waits with a word about it, if it takes longer than a second.</summary>
    public async Task<T> WaitAsync<T>(string words, ValueTask<T> work)
    {
        var task = work.AsTask();
        if (!Output.IsJson && !System.Console.IsErrorRedirected && await Task.WhenAny(task, Task.Delay(ProgressAfter)).ConfigureAwait(false) != task)
            await Terminal.Error.WriteLineAsync(Terminal.Dim(words)).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>Delivers and fetches; true if every relay was reached.</summary>
    public async Task<bool> SyncAsync(SecretsClient client, CancellationToken cancellationToken) =>
        await TrySyncAsync(client, cancellationToken).ConfigureAwait(false) is { RelaysReached: > 0 };

    /// <summary>The same with the figures; null if a relay kept it waiting too long.</summary>
    public async Task<SyncView?> TrySyncAsync(SecretsClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SyncLimit);
        SyncView? done = null;
        try
        {
            done = await WaitAsync("Talking to your relay…", client.SyncAsync(limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // as good as not reached: what was said is kept, and goes out with the next command
        }
        if (client.LastFailure is StoreException failure)
            throw failure;
        return done;
    }

    private byte[] ReadPassword(string prompt)
    {
        if (_passwordFile is null)
            return Terminal.ReadPassword(prompt);
        try
        {
            using var reader = new StreamReader(_passwordFile);
            return System.Text.Encoding.UTF8.GetBytes(reader.ReadLine() ?? "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException("The password file can't be read.");
        }
    }

    private static string? First(params string?[] texts) => texts.FirstOrDefault(t => !string.IsNullOrEmpty(t));

    private static string DefaultFolder() =>
        Path.Combine(
            First(Environment.GetEnvironmentVariable("XDG_DATA_HOME")) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
            "secrets",
            "identity");
}

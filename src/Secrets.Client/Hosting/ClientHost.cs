using System.Text;
using System.Text.Json;
using Secrets.Client.Api;
using Secrets.Client.Network;
using Secrets.Client.Passwords;
using Secrets.Client.Rooms;

namespace Secrets.Client.Hosting;

/// <summary>A place with several identities of which one at a time is open; called by name and JSON, as a page calls it.</summary>
/// <remarks>All that a graphical host needs to decide is decided here; what is left to it are screens and a way to carry calls.</remarks>
public sealed partial class ClientHost : IAsyncDisposable
{
    private readonly IIdentityShelf _shelf;
    private readonly HostOptions _options;
    private readonly IHostObserver _observer;

    // held by whoever opens, closes or deletes
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RoomClient? _rooms;
    private readonly Task _tellingRooms = Task.CompletedTask;
    private Session? _session;

    /// <summary>A host over a shelf, with nothing open.</summary>
    public ClientHost(IIdentityShelf shelf, HostOptions options, IHostObserver observer)
    {
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        _shelf = shelf;
        _options = options;
        _observer = observer;
        if (options.Client.Network is not IRoomNetwork network)
            return;
        _rooms = new RoomClient(new RoomClientOptions { Network = network, Time = options.Client.Time, Random = options.Client.Random, AppAddress = options.Client.AppAddress, FindRelay = options.FindRelay });
        _tellingRooms = TellAsync(_rooms);
    }

    /// <summary>Runs a command by its name. Never throws for what the command refuses: the reply says why.</summary>
    public async ValueTask<ApiReply> CallAsync(string command, ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (HostApi.Commands.TryGetValue(command, out var ofHost))
                return await ofHost.RunAsync(this, request, cancellationToken).ConfigureAwait(false);
            if (RoomApi.ShownCommands.TryGetValue(command, out var ofRooms))
                return await ofRooms.RunAsync(_rooms ?? throw new ClientException(ClientError.NoRooms), request, cancellationToken).ConfigureAwait(false);
            if (!ClientApi.ShownCommands.TryGetValue(command, out var ofClient))
                return Refused(ApiError.BadCommand);
            if (_session is not { } session)
                return Refused(ApiError.NotOpen);
            var reply = await ofClient.RunAsync(session.Client, request, cancellationToken).ConfigureAwait(false);
            // a new password has a new storage key: what was handed over before no longer holds
            if (command == ClientApi.ChangePassword)
                _observer.Changed();
            if (command == ClientApi.Rename)
                await RenamedAsync(session).ConfigureAwait(false);
            return reply;
        }
#pragma warning disable CA1031 // a page gets an answer to every call, or it would wait for ever
        catch (Exception thrown) when (ApiError.Of(thrown) is not null)
#pragma warning restore CA1031
        {
            return Refused(ApiError.Of(thrown)!);
        }
    }

    /// <summary>Locks and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await LockAsync(CancellationToken.None).ConfigureAwait(false);
        if (_rooms is not null)
            await _rooms.DisposeAsync().ConfigureAwait(false);
        await _tellingRooms.ConfigureAwait(false);
        _gate.Dispose();
    }

    internal async ValueTask<HostView> ShowAsync(CancellationToken cancellationToken)
    {
        var kept = await _shelf.ListAsync(cancellationToken).ConfigureAwait(false);
        return new HostView
        {
            Version = _options.Version,
            Storage = _shelf.Kind,
            Identities = [.. kept.Select(Shown)],
            Open = _session is { } session ? await ShowAsync(session, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    internal ValueTask<OpenIdentity> CreateAsync(string name, string password, string? relay, bool memory, CancellationToken cancellationToken) =>
        BeginAsync(
            memory,
            async backend =>
            {
                var client = await SecretsClient.CreateAsync(backend, name, NewPassword(password), _options.Client, cancellationToken).ConfigureAwait(false);
                if ((relay ?? await _options.FindRelay(cancellationToken).ConfigureAwait(false)) is { } address)
                    await client.AddRelayAsync(address, cancellationToken).ConfigureAwait(false);
                return client;
            },
            cancellationToken);

    internal ValueTask<OpenIdentity> ImportAsync(ReadOnlyMemory<byte> file, string filePassword, string password, bool memory, CancellationToken cancellationToken) =>
        BeginAsync(
            memory,
            async backend =>
            {
                using var stream = new MemoryStream(file.ToArray(), writable: false);
                return await SecretsClient.ImportAsync(stream, Utf8(filePassword), backend, NewPassword(password), _options.Client, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    internal async ValueTask<OpenIdentity> OpenAsync(string id, string password, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var kept = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        var client = await SecretsClient.OpenAsync(_shelf.Open(id), Utf8(password), OptionsFor(kept), connect: true, cancellationToken).ConfigureAwait(false);
        return await AdoptAsync(id, client, memory: false, cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask<(ExportView Result, ReadOnlyMemory<byte> Bytes)> ExportAsync(string password, bool move, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var session = _session ?? throw new ObjectDisposedException(nameof(ClientHost));
        using var file = new MemoryStream();
        // the file is whole before this copy is retired; a retired copy still gives it again
        await session.Client.ExportAsync(file, Utf8(password), cancellationToken).ConfigureAwait(false);
        if (move && !session.Client.IsReadOnly)
        {
            await session.Client.RetireAsync(cancellationToken).ConfigureAwait(false);
            await NoteAsync(session, retired: true, cancellationToken).ConfigureAwait(false);
            _observer.Changed();
        }
        var identity = await session.Client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        return (new ExportView { Name = FileName(identity.Name) }, file.ToArray());
    }

    internal async ValueTask LockAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    internal async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        if (_session?.Id == id)
            await CloseAsync().ConfigureAwait(false);
        await _shelf.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        _observer.Changed();
    }

    internal WordsView Words(int count) =>
        count is >= PasswordWords.MinimumCount and <= PasswordWords.MaximumCount ? new WordsView { Text = PasswordWords.Generate(count, _options.Client.Random) } : throw new JsonException();

    /// <summary>A password as bytes, as the console has it.</summary>
    internal static ReadOnlyMemory<byte> Utf8(string password) => Encoding.UTF8.GetBytes(password);

    /// <summary>A password that is to protect something: not an empty one.</summary>
    internal static ReadOnlyMemory<byte> NewPassword(string password) => password.Length > 0 ? Utf8(password) : throw new JsonException();

    private static ApiReply Refused(string error) => new() { Result = "", Error = error };

    private static KeptIdentity Shown(KeptIdentity kept) =>
        new() { Id = kept.Id, Name = ViewText.Name(kept.Name), Created = kept.Created, Retired = kept.Retired };

    // letters and digits of the name, so that every system takes it
    private static string FileName(string name)
    {
        var letters = string.Concat(name.Normalize(NormalizationForm.FormC).Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-');
        return (letters.Length > 0 ? letters : "identity") + ".s2";
    }
}

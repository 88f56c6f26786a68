using System.Text.Json;
using Secrets.Client.Api;
using Secrets.Client.Rooms;
using Secrets.Store;

namespace Secrets.Client.Hosting;

/// <content>Opening and closing, and what the open identity tells.</content>
public sealed partial class ClientHost
{
    /// <summary>Makes room for a new identity, lets it be made there, and takes it into use. If that fails nothing is left of it.</summary>
    private async ValueTask<OpenIdentity> BeginAsync(bool memory, Func<IStoreBackend, Task<SecretsClient>> make, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var id = NewId();
        await CloseAsync().ConfigureAwait(false);
        if (memory)
            return await AdoptAsync(id, await make(new MemoryBackend()).ConfigureAwait(false), memory, cancellationToken).ConfigureAwait(false);
        SecretsClient? client = null;
        try
        {
            client = await make(_shelf.Open(id)).ConfigureAwait(false);
            var identity = await client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
            await _shelf.PutAsync(new KeptIdentity { Id = id, Name = identity.Name, Created = _options.Client.Time.GetUtcNow(), Retired = false }, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (client is not null)
                await client.DisposeAsync().ConfigureAwait(false);
            await _shelf.DeleteAsync(id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        return await AdoptAsync(id, client, memory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the host that follows this one needs to open the same identity; null if none is open, or it is in memory alone.</summary>
    public HandOver? CopyHandOver() => _session is { IsInMemory: false } session ? new HandOver(session.Id, session.Client.CopyStorageKey()) : null;

    /// <summary>Opens what the host before this one had open; false if it can't be had that way and wants its password.</summary>
    public async ValueTask<bool> ResumeAsync(HandOver before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kept = await FindAsync(before.Id, cancellationToken).ConfigureAwait(false);
            var client = await SecretsClient.OpenAsync(_shelf.Open(before.Id), before.Key, OptionsFor(kept), connect: true, cancellationToken).ConfigureAwait(false);
            _ = await AdoptAsync(before.Id, client, memory: false, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is StoreException or IOException)
        {
            return false;
        }
    }

    private async ValueTask<OpenIdentity> AdoptAsync(string id, SecretsClient client, bool memory, CancellationToken cancellationToken)
    {
        _session = new Session(id, client, memory);
        _session.Telling = TellAsync(_session);
        _observer.Changed();
        return await ShowAsync(_session, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CloseAsync()
    {
        if (_session is not { } session)
            return;
        _session = null;
        await session.Client.DisposeAsync().ConfigureAwait(false);
        await session.Telling.ConfigureAwait(false);
        _observer.Changed();
    }

    /// <summary>Hands on what happens, until the identity is closed.</summary>
    private async Task TellAsync(Session session)
    {
        await foreach (var happened in session.Client.ListenAsync(CancellationToken.None).ConfigureAwait(false))
            _observer.Happened(JsonSerializer.Serialize(ViewText.Safe(happened), ApiJson.Default.ClientEvent));
    }

    /// <summary>Hands on what happens in rooms, until the host ends.</summary>
    private async Task TellAsync(RoomClient rooms)
    {
        await foreach (var happened in rooms.ListenAsync(CancellationToken.None).ConfigureAwait(false))
            _observer.RoomHappened(JsonSerializer.Serialize(ViewText.Safe(happened), ApiJson.Default.RoomEvent));
    }

    private async ValueTask RenamedAsync(Session session)
    {
        try
        {
            await NoteAsync(session, retired: false, CancellationToken.None).ConfigureAwait(false);
            _observer.Changed();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // the list shows the old name until the next time; the identity itself has the new one
        }
    }

    /// <summary>Brings what the list says of an identity up to date.</summary>
    private async ValueTask NoteAsync(Session session, bool retired, CancellationToken cancellationToken)
    {
        if (session.IsInMemory)
            return;
        var kept = await FindAsync(session.Id, cancellationToken).ConfigureAwait(false);
        var identity = await session.Client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        await _shelf.PutAsync(new KeptIdentity { Id = kept.Id, Name = identity.Name, Created = kept.Created, Retired = kept.Retired || retired }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<KeptIdentity> FindAsync(string id, CancellationToken cancellationToken) =>
        (await _shelf.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(kept => kept.Id == id) ?? throw new StoreException(StoreError.NotFound);

    private static async ValueTask<OpenIdentity> ShowAsync(Session session, CancellationToken cancellationToken)
    {
        var identity = await session.Client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        return new OpenIdentity
        {
            Id = session.Id,
            ReadOnly = session.Client.IsReadOnly,
            Retired = session.Client.IsRetired,
            Memory = session.IsInMemory,
            Damaged = session.Client.Damage,
            Identity = identity,
        };
    }

    // a moved identity opens for reading, so that its file can be had again
    private ClientOptions OptionsFor(KeptIdentity kept) => kept.Retired ? _options.Client with { Store = _options.Client.Store with { OpenRetired = true } } : _options.Client;

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _options.Client.Random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_gate);
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => _ = gate.Release();
    }

    private sealed class Session(string id, SecretsClient client, bool isInMemory)
    {
        public string Id { get; } = id;

        public SecretsClient Client { get; } = client;

        public bool IsInMemory { get; } = isInMemory;

        public Task Telling { get; set; } = Task.CompletedTask;
    }
}

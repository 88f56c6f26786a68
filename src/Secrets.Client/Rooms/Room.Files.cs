using Secrets.Client.Network;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <content>Files: their pieces go beside the messages, so that they hold none up.</content>
internal sealed partial class Room
{
    private const int PiecesAhead = 4;
    private const int TagSize = 16;

    // what a relay holds of a room: what is older is gone
    private const long MaxHeld = 32L << 20;
    private const int MaxFiles = 1_000;

    private readonly Dictionary<string, CancellationTokenSource> _uploads = new(StringComparer.Ordinal);

    public async ValueTask<RoomMessageView> SendFileAsync(string name, string type, ReadOnlyMemory<byte> file, string? upload, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        lock (_gate)
        {
            if (upload is not null && !_uploads.TryAdd(upload, stop))
                throw new ClientException(ClientError.BadFile);
        }
        try
        {
            return await UploadAsync(name, type, file, upload, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClientException(ClientError.FileStopped);
        }
        finally
        {
            lock (_gate)
            {
                if (upload is not null)
                    _ = _uploads.Remove(upload);
            }
        }
    }

    public Task StopFileAsync(string upload)
    {
        lock (_gate)
            return _uploads.TryGetValue(upload, out var stop) ? stop.CancelAsync() : Task.CompletedTask;
    }

    private async ValueTask<RoomMessageView> UploadAsync(string name, string type, ReadOnlyMemory<byte> file, string? upload, CancellationToken cancellationToken)
    {
        RoomContent content;
        IReadOnlyList<ReadOnlyMemory<byte>> pieces;
        RoomConnection connection;
        lock (_gate)
        {
            CheckOpen();
            connection = _connection ?? throw new ClientException(ClientError.RelayNotReached);
            try
            {
                (content, pieces) = Machine.SealFile(name, type, file.Span);
            }
            catch (ArgumentException)
            {
                throw new ClientException(ClientError.BadFile);
            }
        }
        var requests = pieces.Select((piece, i) => PieceRequest.Put(Machine.Address, content.File!.Pieces[i], piece.Span)).ToList();
        await AskAsync(connection, requests, content.File!.Pieces, (index, _) => TellProgress(upload, file.Length, index), cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            CheckOpen();
            cancellationToken.ThrowIfCancellationRequested();
            return Say(content);
        }
    }

    public async ValueTask<(RoomFileView File, ReadOnlyMemory<byte> Bytes)> GetFileAsync(string message, CancellationToken cancellationToken)
    {
        RoomFile file;
        RoomFileView shown;
        RoomConnection connection;
        lock (_gate)
        {
            CheckOpen();
            var line = _byId.GetValueOrDefault(message);
            file = line?.File ?? throw new ClientException(line?.Shown is null ? ClientError.UnknownMessage : ClientError.FileGone);
            shown = line.Shown!;
            connection = _connection ?? throw new ClientException(ClientError.RelayNotReached);
        }
        var bytes = new byte[file.Size];
        var address = Machine.Address;
        var requests = file.Pieces.Select(piece => PieceRequest.Get(address, piece)).ToList();
        await AskAsync(connection, requests, file.Pieces, (index, body) => TryPlace(file, address, index, body, bytes), cancellationToken).ConfigureAwait(false);
        return (shown, bytes);
    }

    private bool TellProgress(string? upload, long size, int index)
    {
        if (upload is not null)
            _events.Publish(new RoomEvent { Kind = RoomEventKind.FileProgress, Id = Id, Upload = upload, Sent = Math.Min(size, (index + 1L) * RoomFile.PieceSize) });
        return true;
    }

    /// <summary>The files that the relay may still hold, the newest first: their keys go with the state, so that they can be fetched after a reload.</summary>
    private List<(RoomMessageId Message, RoomFile File)> Files()
    {
        var files = new List<(RoomMessageId Message, RoomFile File)>();
        var held = 0L;
        for (var i = _lines.Count - 1; i >= 0 && files.Count < MaxFiles; i--)
        {
            if (_lines[i].File is not { } file)
                continue;
            held += (long)file.Pieces.Count * RoomFile.PieceSize;
            if (held > MaxHeld && files.Count > 0 && file.Pieces.Count > 1)
                break;
            files.Add((FindMessage(_lines[i].Id), file));
        }
        return files;
    }

    private static bool TryPlace(RoomFile file, in RoomAddress address, int index, ReadOnlyMemory<byte> body, byte[] bytes)
    {
        var at = index * RoomFile.PieceSize;
        var length = Math.Min(RoomFile.PieceSize, bytes.Length - at);
        if (body.Length != RoomFile.PaddedSize(length) + TagSize)
            return false;
        var piece = new byte[body.Length - TagSize];
        if (!file.TryOpen(address, index, body.Span, piece) || piece.AsSpan(length).ContainsAnyExcept((byte)0))
            return false;
        piece.AsSpan(0, length).CopyTo(bytes.AsSpan(at));
        return true;
    }

    /// <summary>Asks for all, a few ahead; each answer must be done and taken.</summary>
    private static async Task AskAsync(RoomConnection connection, List<ReadOnlyMemory<byte>> requests, IReadOnlyList<PieceId> ids, Func<int, ReadOnlyMemory<byte>, bool> take, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await connection.Link.OpenPiecesAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var sent = 0;
                for (var answered = 0; answered < requests.Count; answered++)
                {
                    while (sent < requests.Count && sent < answered + PiecesAhead)
                        await stream.SendAsync(requests[sent++], cancellationToken).ConfigureAwait(false);
                    if (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } item)
                        throw new ClientException(ClientError.RelayNotReached);
                    if (!IsDone(item, ids[answered], out var body) || !take(answered, body))
                        throw new ClientException(ClientError.FileGone);
                }
            }
        }
        catch (RelayException)
        {
            throw new ClientException(ClientError.RelayNotReached);
        }
    }

    private static bool IsDone(ReadOnlyMemory<byte> item, in PieceId id, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (PieceRequest.TryReadAnswer(item.Span, out var answer) != RoomItemError.None || answer.Piece != id || answer.Status != PieceStatus.Done)
            return false;
        body = item[^answer.Body.Length..];
        return true;
    }
}

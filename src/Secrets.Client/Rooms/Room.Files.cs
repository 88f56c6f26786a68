using Secrets.Client.Network;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <content>Files: their pieces go beside the messages, so that they hold none up.</content>
internal sealed partial class Room
{
    private const int PiecesAhead = 4;
    private const int TagSize = 16;

    public async ValueTask<RoomMessageView> SendFileAsync(string name, string type, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
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
        await AskAsync(connection, requests, content.File!.Pieces, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            CheckOpen();
            return Say(content);
        }
    }

    public async ValueTask<(RoomFileView File, ReadOnlyMemory<byte> Bytes)> GetFileAsync(string message, CancellationToken cancellationToken)
    {
        RoomFile file;
        RoomConnection connection;
        lock (_gate)
        {
            CheckOpen();
            var line = _byId.GetValueOrDefault(message);
            // of a line from before this program began the key is not there any more
            file = line?.File ?? throw new ClientException(line?.Shown is null ? ClientError.UnknownMessage : ClientError.FileGone);
            connection = _connection ?? throw new ClientException(ClientError.RelayNotReached);
        }
        var bytes = new byte[file.Size];
        var address = Machine.Address;
        var requests = file.Pieces.Select(piece => PieceRequest.Get(address, piece)).ToList();
        await AskAsync(connection, requests, file.Pieces, (index, body) => TryPlace(file, address, index, body, bytes), cancellationToken).ConfigureAwait(false);
        return (new RoomFileView { Name = file.Name, Type = file.Type, Size = file.Size }, bytes);
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

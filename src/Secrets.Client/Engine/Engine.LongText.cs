using System.Security.Cryptography;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Texts too long for eight boxes: large boxes of a temporary channel, and a message that points to them (decision 26).</content>
internal sealed partial class Engine
{
    private void WriteLongText(StoreTransaction transaction, ChatSession session, SessionChannel channel, Line line, MessageSecret secret)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(line.Text);
        var count = AttachmentChunk.CountFor(text.Length);
        using var key = SecretBuffer.Generate(AttachmentMessage.KeySize, Random);
        using var writer = BoxWriter.Create(WriteCapability.Generate(Random), BoxClass.Large);
        Span<byte> capability = stackalloc byte[ReadCapability.Size];
        using (var reading = writer.GrantRead())
            reading.Write(capability);
        var chunk = new byte[AttachmentChunk.SealedSize];
        for (var i = 0; i < count; i++)
        {
            var start = Math.Min(i * AttachmentChunk.PlainSize, text.Length);
            AttachmentChunk.Seal(key.Bytes, i, count, text.AsSpan(start, Math.Min(AttachmentChunk.PlainSize, text.Length - start)), chunk);
            if (!writer.TryWrite(BoxKind.Data, chunk, RelayIds(session.OutRelays), out var box) || box is null)
                throw new InvalidOperationException("A new channel has room.");
            Keep(transaction, session, SessionChannel.Temporary, box, line.Id);
        }
        var pointer = new AttachmentMessage(AttachmentKind.LongText, capability, count, key.Bytes, Hash256.Of(text), text.Length, "text/plain", "", session.OutRelays);
        using var draft = ContentDraft.Create(pointer, session.Clock.Next(Now), secret: secret);
        WriteDraft(transaction, session, channel, draft, line.Id);
        CryptographicOperations.ZeroMemory(capability);
        CryptographicOperations.ZeroMemory(text);
    }

    private void TakePointer(StoreTransaction transaction, Chat chat, ChatSession session, in ContentMessage content, Effect effect)
    {
        var id = MessageId.FromBytes(content.Header.Secret.Bytes);
        if (chat.Find(id) is not null || session.Fetches.Any(f => f.Id == id))
            return;
        if (session.Fetches.Count < byte.MaxValue && TextFetch.TryStart(id, content.Header.Time, content.Body, RelayIds(session.InRelays)) is { } fetch)
            session.Fetches.Add(fetch);
        else
            AddTheirs(transaction, chat, id, MessageKind.Unknown, content.Header.Time, "", effect); // a file: kept as such
    }

    private async ValueTask OnChunkAsync(ReadTarget target, ReceivedBox received)
    {
        var session = target.Session!;
        if (session.Fetches.FirstOrDefault(f => ReferenceEquals(f.Reader, target.Reader)) is not { } fetch)
            return;
        var isPiece = fetch.TryTake(received.Index, received.Body);
        fetch.Reader.Commit(received, Now);
        if (isPiece && !fetch.IsComplete)
            WantNew(target.Chat);
        else
            await EndFetchAsync(target, fetch).ConfigureAwait(false);
    }

    /// <summary>Shows the text; or that something came which can't be shown, where a piece is not what the pointer said.</summary>
    private async ValueTask EndFetchAsync(ReadTarget target, TextFetch fetch)
    {
        var session = target.Session!;
        var effect = new Effect();
        using var transaction = Store.Begin();
        if (fetch.IsComplete && fetch.Join() is { } text)
            AddTheirs(transaction, target.Chat, fetch.Id, MessageKind.Text, fetch.Time, text, effect);
        else
            AddTheirs(transaction, target.Chat, fetch.Id, MessageKind.Unknown, fetch.Time, "", effect);
        _ = session.Fetches.Remove(fetch);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, target.Chat).ConfigureAwait(false);
        fetch.Dispose();
        _fetched += effect.Added.Count;
        foreach (var line in effect.Added)
            Raise(ClientEventKind.MessageAdded, target.Chat, line);
        Raise(ClientEventKind.ChatChanged, target.Chat);
    }
}

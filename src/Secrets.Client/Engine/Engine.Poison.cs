using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>What no rule foresaw: a box that makes a step fail is stepped over, so that nobody can stop a channel with one message.</content>
internal sealed partial class Engine
{
    private async ValueTask TakeBoxAsync(RelayState relay, ReadTarget target, BoxReader reader, ReceivedBox received)
    {
        var session = target.Session!.Id;
        try
        {
            await GuardAsync(target.Chat, () => OnReceivedAsync(relay, target, reader, received)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // what the store refuses is tried again; anything else comes from the box and would come again
        catch (Exception failure) when (failure is not StoreException)
#pragma warning restore CA1031
        {
            OnFailure(failure);
            await PassOverAsync(target, session, received.Index).ConfigureAwait(false);
        }
    }

    /// <summary>The chat is as the store has it; the box that failed is given up there, if it was not taken.</summary>
    private async ValueTask PassOverAsync(ReadTarget target, Crypto.Hash256 id, ulong index)
    {
        if (!_chats.TryGetValue(target.Chat.Id, out var chat) || chat.Sessions.FirstOrDefault(s => s.Id == id) is not { } session)
            return;
        foreach (var (_, reader) in session.Readers.Where(r => r.Reader.Expected.Any(e => e.Address == target.Address)).ToArray())
            reader.Abandon(index, Now);
        using var transaction = Store.Begin();
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        WantNew(chat);
    }
}

using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <content>Deleting a chat: what was said goes at once, the keys as soon as the goodbye is at its relays.</content>
internal sealed partial class Engine
{
    /// <summary>Leaves the chat if that was not done, and takes away what was said in it.</summary>
    public async ValueTask DeleteChatAsync(Chat chat)
    {
        RequireWritable();
        await EndCallInAsync(chat).ConfigureAwait(false);
        // first: if the disk refuses, nothing was changed
        await PurgeLinesAsync(chat).ConfigureAwait(false);
        using var transaction = Store.Begin();
        if (chat.Ending != ChatStage.Left)
            Leave(transaction, chat);
        chat.IsDeleted = true;
        transaction.Assert(chat.Entity, Schema.Deleted, FactValue.Boolean(true));
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatRemoved, chat);
        Pump();
        await FinishDeletingAsync(chat).ConfigureAwait(false);
    }

    /// <summary>Ends what is left of a deleted chat once nothing of it has to go to a relay any more.</summary>
    private async ValueTask FinishDeletingAsync(Chat chat)
    {
        if (!chat.IsDeleted || !IsCurrent(chat))
            return;
        var isWaiting = chat.Sessions.Any(s => !IsSaid(s)) || chat.Deletes.Any(d => Now - d.NotBefore <= BoxLife);
        // after a copy there are no keys with which anything could go
        if (isWaiting && chat.Device is not null)
            return;
        await PurgeAsync([chat.Entity, .. Store.Facts.Referrers(chat.Entity)]).ConfigureAwait(false);
        using var transaction = Store.Begin();
        await EraseAsync(transaction, chat).ConfigureAwait(false);
    }

    /// <summary>Takes what was said out of the store and its history, and off the screen.</summary>
    private async ValueTask PurgeLinesAsync(Chat chat)
    {
        if (chat.Lines.Count > 0)
            await PurgeAsync([.. chat.Lines.Select(line => ChatFacts.EntityOf(line.Id))]).ConfigureAwait(false);
        chat.ClearLines();
    }

    private async ValueTask PurgeAsync(EntityId[] entities)
    {
        try
        {
            _ = await Store.PurgeAsync(entities, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException failure) when (failure.Code == StoreError.NotErased)
        {
            // taken out; the old files go when the store is opened next
            LastFailure = failure;
        }
    }

    private static void RetractLines(StoreTransaction transaction, Chat chat)
    {
        foreach (var line in chat.Lines)
            transaction.RetractEntity(ChatFacts.EntityOf(line.Id));
        chat.ClearLines();
    }

    /// <summary>Takes a chat out of the store and the engine: its facts are no longer there, its slots are erased for good.</summary>
    private async ValueTask EraseAsync(StoreTransaction transaction, Chat chat)
    {
        transaction.RetractEntity(chat.Entity);
        foreach (var session in chat.Sessions)
            SessionSlot.Erase(transaction, session);
        transaction.EraseSlot(ChatSlot.IdOf(chat));
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        _ = _chats.Remove(chat.Id);
        chat.Dispose();
        FollowRelays();
    }
}

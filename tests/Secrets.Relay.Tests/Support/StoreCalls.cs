using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Support;

/// <summary>The store's calls as tasks.</summary>
internal static class StoreCalls
{
    public static Task<PutResult> PutAsync(this IBoxStore store, in BoxAddress address, KeptBox box)
    {
        var write = new TaskWrite(address, box);
        store.Put(write);
        return write.Task;
    }

    public static Task<PutResult> PutAsync(this IBoxStore store, TestBox box) => store.PutAsync(box.Address, box.Kept);

    public static Task<PutResult> DeleteAsync(this IBoxStore store, TestBox box) => store.PutAsync(box.Address, box.Mark);

    public static KeptBox? Find(this IBoxStore store, TestBox box)
    {
        var found = new KeptBox?[1];
        store.Find([box.Address], found);
        return found[0];
    }

    private sealed class TaskWrite(in BoxAddress address, KeptBox box) : BoxWrite(address, box)
    {
        private readonly TaskCompletionSource<PutResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<PutResult> Task => _done.Task;

        public override void OnCompleted() => _done.SetResult(Result);
    }
}

namespace Secrets.Store;

/// <summary>A transaction on its way to the disk.</summary>
internal sealed class PendingCommit
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IReadOnlyList<Commit> Commits { get; init; }

    public required IReadOnlyList<SlotWrite> Slots { get; init; }

    public bool Retires { get; init; }

    /// <summary>Ends when the commit is durable or refused.</summary>
    public Task Completion => _completion.Task;

    public long Size => Nodes.Sum(node => (long)node.Bytes.Length) + Slots.Sum(slot => (long)(slot.Value?.Length ?? 0));

    public void Succeed() => _completion.TrySetResult();

    public void Fail(Exception exception)
    {
        foreach (var slot in Slots)
            slot.Dispose();
        _completion.TrySetException(exception);
    }
}

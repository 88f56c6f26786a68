using System.Threading.Tasks.Sources;

namespace Secrets.Stack;

/// <summary>Any number wait until it opens for all of them; it is shut again at once. Who waited before allocates nothing.</summary>
internal sealed class AsyncGate
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private readonly Stack<Waiter> _spare = new();

    /// <summary>Waits for the next opening.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        lock (_gate)
        {
            if (!_spare.TryPop(out var waiter))
                waiter = new Waiter(this);
            _waiting.Add(waiter);
            return waiter.BeginAsync(cancellationToken);
        }
    }

    /// <summary>Lets everybody through who waits now. What they do then runs elsewhere.</summary>
    public void Open()
    {
        lock (_gate)
        {
            foreach (var waiter in _waiting)
                waiter.Pass();
            _waiting.Clear();
        }
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.Remove(waiter))
                waiter.Fail(new OperationCanceledException(cancellationToken));
        }
    }

    private void GiveBack(Waiter waiter)
    {
        lock (_gate)
            _spare.Push(waiter);
    }

    private sealed class Waiter(AsyncGate gate) : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
        private CancellationTokenRegistration _registration;

        public ValueTask BeginAsync(CancellationToken cancellationToken)
        {
            var version = _core.Version;
            if (cancellationToken.CanBeCanceled)
                _registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), this);
            return new ValueTask(this, version);
        }

        public void Pass() => _core.SetResult(true);

        public void Fail(Exception exception) => _core.SetException(exception);

        void IValueTaskSource.GetResult(short token)
        {
            // after this no cancellation of this wait can reach the next one
            _registration.Dispose();
            _registration = default;
            try
            {
                _ = _core.GetResult(token);
            }
            finally
            {
                _core.Reset();
                gate.GiveBack(this);
            }
        }

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);

        private void Cancel(CancellationToken cancellationToken) => gate.Cancel(this, cancellationToken);
    }
}

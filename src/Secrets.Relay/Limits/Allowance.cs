namespace Secrets.Relay.Limits;

/// <summary>So much of something that may be out at once. Who asks for too much gets nothing, and does not wait.</summary>
internal sealed class Allowance
{
    private readonly int _size;
    private int _taken;

    /// <summary>Of this size.</summary>
    public Allowance(int size) => _size = size;

    /// <summary>How much is out.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes so much; false if that is too much now.</summary>
    public bool TryTake(int amount)
    {
        var before = Volatile.Read(ref _taken);
        while (before <= _size - amount)
        {
            var seen = Interlocked.CompareExchange(ref _taken, before + amount, before);
            if (seen == before)
                return true;
            before = seen;
        }
        return false;
    }

    /// <summary>Gives so much back.</summary>
    public void GiveBack(int amount) => _ = Interlocked.Add(ref _taken, -amount);
}

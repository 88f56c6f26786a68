using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>One change of a slot: its next value, or null to erase it.</summary>
internal sealed class SlotWrite : IDisposable
{
    public SlotWrite(SlotId id, SecretBuffer? value)
    {
        Id = id;
        Value = value;
    }

    public SlotId Id { get; }

    public SecretBuffer? Value { get; private set; }

    /// <summary>Gives the value to a new owner.</summary>
    public SecretBuffer? Release()
    {
        var value = Value;
        Value = null;
        return value;
    }

    public void Dispose() => Value?.Dispose();
}

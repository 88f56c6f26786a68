using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>A receiving chain: its header key, and the keys of messages of it that have not arrived.</summary>
internal sealed class ReceivingChain : IDisposable
{
    private readonly SecretBuffer _headerKey;

    public ReceivingChain(ReadOnlySpan<byte> headerKey) => _headerKey = new SecretBuffer(headerKey);

    public ReadOnlySpan<byte> HeaderKey => _headerKey.Bytes;

    public SkippedMessageKeys Skipped { get; } = new();

    public void Dispose()
    {
        _headerKey.Dispose();
        Skipped.Dispose();
    }
}

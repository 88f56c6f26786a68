using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>The reading side of one channel: where its boxes are, and what came in it.</summary>
internal sealed class InChannel(BoxReader reader, ChannelLog log, GenerationWatch generations) : IDisposable
{
    public BoxReader Reader { get; } = reader;

    public ChannelLog Log { get; } = log;

    public GenerationWatch Generations { get; } = generations;

    /// <summary>Begins to read a channel whose capability was given; the capability belongs to the channel from now on.</summary>
    public static InChannel Start(ReadCapability capability, IReadOnlyList<RelayId> relays, uint generation)
    {
        Span<byte> bytes = stackalloc byte[ReadCapability.Size];
        capability.Write(bytes);
        var log = new ChannelLog(ChannelId.DeriveFromReadCapability(bytes), capability.Index);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return new InChannel(BoxReader.Create(capability, BoxClass.Small, [.. relays]), log, new GenerationWatch(generation));
    }

    public void Dispose() => Reader.Dispose();
}

using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>The writing side of one channel: where the next box goes, and which number it has.</summary>
internal sealed class OutChannel(BoxWriter writer, SendingLog log) : IDisposable
{
    public BoxWriter Writer { get; } = writer;

    public SendingLog Log { get; } = log;

    /// <summary>Begins to write a channel; the capability belongs to it from now on.</summary>
    public static OutChannel Start(WriteCapability capability, ContentCarrier carrier)
    {
        var writer = BoxWriter.Create(capability, BoxClass.Small);
        Span<byte> bytes = stackalloc byte[ReadCapability.Size];
        using (var reading = writer.GrantRead())
            reading.Write(bytes);
        var log = new SendingLog(ChannelId.DeriveFromReadCapability(bytes), writer.NextIndex, carrier);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return new OutChannel(writer, log);
    }

    public void Dispose() => Writer.Dispose();
}

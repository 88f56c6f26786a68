using Secrets.Protocol.Chats;
using Secrets.Protocol.Tests.Chains;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>What keeps content deniable, and where it travels.</summary>
public sealed class DeniabilityTests
{
    [Fact]
    public void Decision_20_nothing_in_the_layer_of_chats_signs()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(VectorBook.Root, "src", "Secrets.Protocol", "Chats"), "*.cs", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, path => File.ReadAllText(path) is var text
            && (text.Contains(".Sign(", StringComparison.Ordinal) || text.Contains("PrivateKey", StringComparison.Ordinal) || text.Contains("SigningKey", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ContentCarrier.Session)]
    [InlineData(ContentCarrier.DataBox)]
    public void Decision_1_a_message_is_one_box_whether_it_goes_to_one_device_or_to_many(ContentCarrier carrier)
    {
        var log = new SendingLog(ChatFixture.Channel(1), 5, carrier);
        using var draft = ContentDraft.Create(ChatFixture.Text(new string('x', ContentSizes.MaxSaidBody(carrier))), ChatFixture.Time());
        var bytes = new byte[ContentSizes.MaxContent(carrier)];
        var written = log.Write(draft, 1, ChatFixture.Random(1), bytes);

        Assert.Equal((bytes.Length, 5UL, 6UL), (written.Length, written.Index, log.NextIndex));
        Assert.Equal(MessageError.None, ContentMessage.TryRead(bytes, carrier, out _));
    }
}

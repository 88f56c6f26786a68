using Secrets.Client.Engine;

namespace Secrets.Client.Tests;

public sealed class IdTests
{
    [Fact]
    public void Ids_of_chats_and_messages_are_written_and_read_as_32_digits_and_never_shown_by_mistake()
    {
        var chat = new ChatId(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        Assert.True(ChatId.TryParse(chat.Format(), out var chatAgain));
        Assert.Equal(chat, chatAgain);
        Assert.Equal("ChatId", chat.ToString());
        var message = new MessageId(chat.Value);
        Assert.True(MessageId.TryParse(message.Format(), out var messageAgain));
        Assert.Equal(message, messageAgain);
        Assert.Equal("MessageId", message.ToString());
        Assert.False(ChatId.TryParse("00112233", out _));
        Assert.False(MessageId.TryParse(null, out _));
    }

    [Fact]
    public async Task The_loop_runs_one_piece_of_work_after_the_other_and_survives_a_failing_one()
    {
        var failures = new List<Exception>();
        await using var loop = new Loop(failures.Add);
        var running = 0;
        loop.Post(() => throw new InvalidOperationException());
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => loop.RunAsync(
            async () =>
            {
                Assert.Equal(1, ++running);
                await Task.Yield();
                running--;
                return i;
            },
            CancellationToken.None).AsTask()));
        Assert.Equal(Enumerable.Range(0, 100), results);
        Assert.Single(failures);
        _ = await Assert.ThrowsAsync<ClientException>(() => loop.RunAsync<int>(() => throw new ClientException(ClientError.BadName), CancellationToken.None).AsTask());
        Assert.Single(failures);
    }
}

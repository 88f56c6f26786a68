using System.Globalization;
using System.Text;
using Secrets.Client;
using Secrets.Client.Engine;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Store;

namespace Secrets.Bench;

/// <summary>An identity with ten chats, as a file to import.</summary>
internal static class WebIdentity
{
    public const string Password = "orbit velvet canyon";

    /// <summary>As many messages as a usual chat has.</summary>
    public const int Few = 100;

    /// <summary>As many as the longest has.</summary>
    public const int Many = 10_000;

    private const string FirstName = "Chat 0";
    private const int Chats = 10;
    private const int PerCommit = 50;

    public static async Task WriteAsync(string path, string relay, int messagesOfFirst)
    {
        var password = Encoding.UTF8.GetBytes(Password);
        var options = new ClientOptions { Network = new StackRelayNetwork(TimeProvider.System, RandomSource.System) };
        var place = new MemoryBackend();
        await using (var client = await SecretsClient.CreateAsync(place, "Bench", password, options, CancellationToken.None))
        {
            await client.AddRelayAsync(relay, CancellationToken.None);
            for (var i = 0; i < Chats; i++)
                _ = await client.CreateChatAsync($"Chat {i}", TimeSpan.FromDays(7), CancellationToken.None);
        }
        await FillAsync(place, password, options.Store, messagesOfFirst);
        await using var filled = await SecretsClient.OpenAsync(place, password, options, connect: false, CancellationToken.None);
        await using var file = File.Create(path);
        await filled.ExportAsync(file, password, CancellationToken.None);
    }

    // what was said is written as the engine keeps it; saying it for real would seal 10,000 boxes, of which an exported file has none
    private static async Task FillAsync(MemoryBackend place, byte[] password, StoreOptions options, int messagesOfFirst)
    {
        await using var store = await IdentityStore.OpenAsync(place, password, options, RandomSource.System, TimeProvider.System, CancellationToken.None);
        using var device = Ed25519PrivateKey.Generate(RandomSource.System);
        store.UseDevice(device);
        foreach (var entity in store.Facts.Entities(Schema.Chat).ToArray())
        {
            var chat = ChatFacts.Load(store, entity, [], new FetchBudget());
            var count = chat.Name == FirstName ? messagesOfFirst : Few;
            foreach (var lines in Lines(count).Chunk(PerCommit))
            {
                using var transaction = store.Begin();
                transaction.Assert(entity, Schema.ReadTo, FactValue.Number(count));
                foreach (var line in lines)
                    ChatFacts.PutLine(transaction, chat, line);
                await transaction.CommitAsync(CancellationToken.None);
            }
        }
    }

    private static IEnumerable<Line> Lines(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 1; i <= count; i++)
        {
            var time = now.AddMinutes(-3 * (count - i));
            yield return new Line
            {
                Id = new MessageId(Guid.CreateVersion7(time)),
                Kind = MessageKind.Text,
                Own = i % 3 == 0,
                Time = time,
                Arrived = time,
                Text = string.Create(CultureInfo.InvariantCulture, $"Message {i}. {Words[..(12 + i * 37 % (Words.Length - 12))]}"),
                State = DeliveryState.Received,
                Position = i,
            };
        }
    }

    private const string Words = "Shall we have noodles at one, by the river, where the old boats lie? I could bring the map that you asked for, and the two books; tell me if it rains where you are.";
}

using Secrets.Client.Api;
using Secrets.Client.Hosting;
using Secrets.Client.Tests.Support;

namespace Secrets.Client.Tests.Hosting;

public sealed class ClientHostTests
{
    private const string Relay = "ws://127.0.0.1:9~shs:K2VFW4WZwFmt5QdangMYO3Pvz1Ms/PmiIj8rB4UokQI=";

    [Fact]
    public async Task An_identity_that_was_made_is_listed_open_and_has_the_relay_that_was_found()
    {
        await using var page = new HostedPage(new MemoryShelf(), Relay);

        var open = await page.CallAsync("host.create", Alice);

        Assert.Equal("Alice", (string?)open!["identity"]!["name"]);
        var shown = await page.CallAsync("host.show");
        Assert.Equal("9.9.9", (string?)shown!["version"]);
        Assert.Equal((string?)open["id"], (string?)shown["identities"]![0]!["id"]);
        Assert.Equal((string?)open["id"], (string?)shown["open"]!["id"]);
        Assert.Equal(Relay, (string?)(await page.CallAsync("relays.list"))![0]!["address"]);
        Assert.True(page.Changes > 0);
    }

    [Fact]
    public async Task After_locking_nothing_answers_until_the_right_password_comes()
    {
        await using var page = new HostedPage(new MemoryShelf());
        var id = (string?)(await page.CallAsync("host.create", Alice))!["id"];
        _ = await page.CallAsync("host.lock");

        Assert.Equal("not_open", await page.RefusedAsync("chats.list"));
        Assert.Equal("store_wrong_password", await page.RefusedAsync("host.open", new { id, password = "wrong" }));
        Assert.Equal("store_not_found", await page.RefusedAsync("host.open", new { id = "nobody", password = "correct" }));
        Assert.Equal("Alice", (string?)(await page.CallAsync("host.open", new { id, password = "correct" }))!["identity"]!["name"]);
    }

    [Fact]
    public async Task What_could_not_be_made_leaves_nothing_behind()
    {
        var shelf = new MemoryShelf();
        await using var page = new HostedPage(shelf);

        Assert.Equal("bad_name", await page.RefusedAsync("host.create", new { name = "", password = "correct", relay = (string?)null, memory = false }));
        Assert.Equal("bad_command", await page.RefusedAsync("host.create", new { name = "Alice", password = "", relay = (string?)null, memory = false }));
        Assert.Equal("bad_relay_address", await page.RefusedAsync("host.create", new { name = "Alice", password = "correct", relay = "nowhere", memory = false }));
        shelf.IsFull = true;
        Assert.Equal("store_write_failed", await page.RefusedAsync("host.create", Alice));

        Assert.Empty(shelf.Stores);
        Assert.Empty((await page.CallAsync("host.show"))!["identities"]!.AsArray());
    }

    [Fact]
    public async Task An_identity_in_memory_is_open_and_not_listed()
    {
        var shelf = new MemoryShelf();
        await using var page = new HostedPage(shelf);

        var open = await page.CallAsync("host.create", new { name = "Alice", password = "correct", relay = (string?)null, memory = true });

        Assert.True((bool?)open!["memory"]);
        Assert.Empty(shelf.Stores);
        Assert.Empty((await page.CallAsync("host.show"))!["identities"]!.AsArray());
    }

    [Fact]
    public async Task A_moved_identity_is_read_only_here_gives_its_file_again_and_lives_on_elsewhere()
    {
        await using var page = new HostedPage(new MemoryShelf(), Relay);
        var id = (string?)(await page.CallAsync("host.create", Alice))!["id"];
        _ = await page.CallAsync("chats.create", new { name = "Lunch", days = 14 });
        var moved = await page.SendAsync("host.export", new { password = "correct", move = true });
        Assert.Null(moved.Error);

        Assert.Equal("read_only", await page.RefusedAsync("chats.create", new { name = "Dinner", days = 14 }));
        _ = await page.CallAsync("host.lock");
        var again = await page.CallAsync("host.open", new { id, password = "correct" });
        Assert.True((bool?)again!["retired"]);
        Assert.True((bool?)(await page.CallAsync("host.show"))!["identities"]![0]!["retired"]);
        Assert.False((await page.SendAsync("host.export", new { password = "correct", move = true })).Bytes.IsEmpty);

        await using var elsewhere = new HostedPage(new MemoryShelf());
        Assert.Equal("store_wrong_password", await elsewhere.RefusedAsync("host.import", new { file_password = "wrong", password = "other", memory = false }, moved.Bytes));
        Assert.Equal("store_not_an_export", await elsewhere.RefusedAsync("host.import", new { file_password = "correct", password = "other", memory = false }, new byte[100]));
        _ = await elsewhere.CallAsync("host.import", new { file_password = "correct", password = "other", memory = false }, moved.Bytes);
        Assert.Equal("Lunch", (string?)(await elsewhere.CallAsync("chats.list"))![0]!["name"]);
    }

    [Fact]
    public async Task A_new_name_is_on_the_list()
    {
        await using var page = new HostedPage(new MemoryShelf());
        _ = await page.CallAsync("host.create", Alice);
        _ = await page.CallAsync("identity.rename", new { name = "Alina" });

        Assert.Equal("Alina", (string?)(await page.CallAsync("host.show"))!["identities"]![0]!["name"]);
        // everything that happened was handed on before it is locked
        _ = await page.CallAsync("host.lock");
        Assert.Contains(page.Events, json => json.Contains("identity_changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_identity_is_gone()
    {
        var shelf = new MemoryShelf();
        await using var page = new HostedPage(shelf);
        var id = (string?)(await page.CallAsync("host.create", Alice))!["id"];

        _ = await page.CallAsync("host.delete", new { id });

        Assert.Empty(shelf.Stores);
        Assert.Equal("not_open", await page.RefusedAsync("identity.show"));
    }

    [Theory]
    [InlineData("nothing.such", "{}")]
    [InlineData("host.create", "{}")]
    [InlineData("host.create", "not json")]
    [InlineData("host.words", "{\"count\":3}")]
    [InlineData("host.words", "{\"count\":6,\"more\":1}")]
    [InlineData("host.lock", "null")]
    public async Task A_call_that_cannot_be_read_is_refused(string command, string arguments)
    {
        await using var page = new HostedPage(new MemoryShelf());

        Assert.Equal("bad_command", await page.RefusedAsync(command, arguments));
    }

    [Fact]
    public async Task Texts_of_others_are_safe_to_show()
    {
        await using var page = new HostedPage(new MemoryShelf(), Relay);
        _ = await page.CallAsync("host.create", Alice);
        var chat = await page.CallAsync("chats.create", new { name = "Lunch", days = 14 });
        var sent = await page.CallAsync("messages.send", new { chat = (string?)chat!["id"], text = "in \u202Eorder\u202C" });

        Assert.Equal("in order", (string?)sent!["text"]);
        Assert.Equal("in order", (string?)(await page.CallAsync("messages.page", new { chat = (string?)chat["id"], before = (long?)null, count = 10 }))!.AsArray()[^1]!["text"]);
    }

    [Fact]
    public async Task Passwords_of_words_have_the_words_asked_for_and_differ()
    {
        await using var page = new HostedPage(new MemoryShelf());

        var first = (string?)(await page.CallAsync("host.words", new { count = 6 }))!["text"];
        var second = (string?)(await page.CallAsync("host.words", new { count = 6 }))!["text"];

        Assert.True(first!.Split('-').Length >= 6);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_next_host_goes_on_without_the_password_as_long_as_the_key_holds()
    {
        var shelf = new MemoryShelf();
        HandOver before;
        await using (var page = new HostedPage(shelf))
        {
            Assert.Null(page.Host.CopyHandOver());
            _ = await page.CallAsync("host.create", Alice);
            before = page.Host.CopyHandOver()!;
        }
        await using (var next = new HostedPage(shelf))
        {
            Assert.True(await next.Host.ResumeAsync(before, TestContext.Current.CancellationToken));
            Assert.Equal("Alice", (string?)(await next.CallAsync("identity.show"))!["name"]);
            // a new password replaces the storage key
            _ = await next.CallAsync("identity.password", new { old = "correct", @new = "another" });
        }
        await using var last = new HostedPage(shelf);

        Assert.False(await last.Host.ResumeAsync(before, TestContext.Current.CancellationToken));
        Assert.Equal("not_open", await last.RefusedAsync("identity.show"));
        before.Dispose();
    }

    [Fact]
    public async Task An_identity_in_memory_is_not_handed_over()
    {
        await using var page = new HostedPage(new MemoryShelf());
        _ = await page.CallAsync("host.create", new { name = "Alice", password = "correct", relay = (string?)null, memory = true });

        Assert.Null(page.Host.CopyHandOver());
    }

    [Fact]
    public void Every_command_has_a_name_of_its_own() =>
        Assert.Empty(HostApi.Commands.Keys.Intersect(ClientApi.Commands.Keys, StringComparer.Ordinal));

    private static object Alice => new { name = "Alice", password = "correct", relay = (string?)null, memory = false };
}

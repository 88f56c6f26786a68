using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Secrets.Stack.Server.Tests.Guide;

public static class Chat
{
    public static readonly CallDefinition<string, int> Say = new("chat.say", "Says a line; answers its length.", ("text", "the line"));
    public static readonly SourceDefinition<Line> Lines = new("chat.lines", "What is said from now on.");
    public static readonly CallDefinition<int> Clear = new("chat.clear");
}

public sealed record Line(string From, string Text);

[JsonSerializable(typeof(Line))]
internal sealed partial class ChatJson : JsonSerializerContext;

public sealed class ChatPlugin : IStackPlugin
{
    private readonly Channel<Line> _lines = Channel.CreateUnbounded<Line>();

    public Plugin Build() => new Plugin("chat", "Lines for everybody.")
        .Add(
            Chat.Say.Serve(SayAsync),
            Chat.Lines.Serve(call => LinesAsync(call.CancellationToken)),
            Chat.Clear.ServeSync(_ => _lines.Reader.Count).Within(TimeSpan.FromSeconds(5)))
        .AllowAnonymous(Chat.Say, Chat.Lines);

    private async ValueTask<int> SayAsync(string text, RpcCall call)
    {
        if (text.Length == 0)
            throw new RpcException("nothing was said");
        await _lines.Writer.WriteAsync(new Line(call.Peer.RemoteId, text), call.CancellationToken);
        return text.Length;
    }

    private async IAsyncEnumerable<Line> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
            yield return line;
    }
}

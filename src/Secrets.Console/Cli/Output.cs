using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Cli;

/// <summary>Prints views as text for people or, line by line, as JSON for programs.</summary>
internal sealed class Output(Terminal terminal, bool json)
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson { get; } = json;

    public Terminal Terminal { get; } = terminal;

    /// <summary>A line for people; programs don't get it.</summary>
    public void Say(string text)
    {
        if (!IsJson)
            Terminal.Out.WriteLine(text);
    }

    /// <summary>One object for programs; people don't get it.</summary>
    public void Object(Action<Utf8JsonWriter> write)
    {
        if (!IsJson)
            return;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        Terminal.Out.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    public static string Name(string name) => DisplayText.Neutralise(name, DisplayUse.Name);

    public void Chat(ChatView chat)
    {
        Object(writer => WriteChat(writer, chat));
        if (IsJson)
            return;
        var unread = chat.Unread > 0 ? $"{chat.Unread} new" : "";
        Terminal.Out.WriteLine($"{Terminal.Bold(Name(chat.Name).PadRight(24))} {unread,-8} {Sentences.Of(chat.Stage)}, {Sentences.Of(chat.Verification)}{(chat.Muted ? ", muted" : "")}");
    }

    public void ChatDetails(ChatView chat)
    {
        if (IsJson)
        {
            Chat(chat);
            return;
        }
        Say(Terminal.Bold(Name(chat.Name)));
        if (chat.TheirName is { Length: > 0 } theirs)
            Say($"  calls itself   {Name(theirs)}");
        Say($"  stage          {Sentences.Of(chat.Stage)}");
        Say($"  verification   {Sentences.Of(chat.Verification)}");
        if (chat.Muted)
            Say("  muted          yes");
        if (chat.SecretInSeveralHands)
            Say("  warning        " + Sentences.Of(ChatNotice.SecretInSeveralHands, ""));
        if (chat.SafetyNumber is { } number)
        {
            var groups = number.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < groups.Length; i += 6)
                Say((i == 0 ? "  number         " : "                 ") + string.Join(' ', groups.Skip(i).Take(6)));
            Say("  Compare the number with the other person, aloud or side by side; then: secrets chat verify");
        }
    }

    public void Message(ChatView chat, MessageView message)
    {
        Object(writer => WriteMessage(writer, message));
        if (IsJson)
            return;
        var time = message.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        if (message.Kind == MessageKind.Notice)
        {
            Say(Terminal.Dim($"{time}  -- {Sentences.Of(message.Notice, Name(message.Text.Length > 0 ? message.Text : chat.Participant))}"));
            return;
        }
        var who = message.Own ? "you" : Name(chat.Participant);
        var mark = !message.Own ? "" : message.State switch
        {
            DeliveryState.Waiting => " (waiting)",
            DeliveryState.Sent => " (sent)",
            DeliveryState.Received => " (received)",
        };
        var text = message.Kind == MessageKind.Unknown ? "[a message of a kind that this version doesn't know]" : Text(message.Text);
        Say($"{Terminal.Dim(time)}  {Terminal.Bold(who)}{Terminal.Dim(mark)}: {text}");
    }

    /// <summary>What somebody wrote: its further lines stand in, so that none of them looks like a line of this program.</summary>
    public static string Text(string written) => DisplayText.Neutralise(written, DisplayUse.Text).Replace("\n", "\n    ", StringComparison.Ordinal);

    public void Relay(RelayView relay)
    {
        Object(writer =>
        {
            writer.WriteString("type", "relay");
            writer.WriteString("address", relay.Address);
            writer.WriteBoolean("connected", relay.Connected);
            writer.WriteBoolean("chosen", relay.Chosen);
        });
        Say($"{relay.Address}  {(relay.Connected ? "connected" : "not reached")}{(relay.Chosen ? "" : ", used by a chat")}");
    }

    public void RelayTest(string address, RelayTestView test)
    {
        Object(writer =>
        {
            writer.WriteString("type", "relay_test");
            writer.WriteString("address", address);
            writer.WriteString("outcome", Snake(test.Outcome.ToString()));
            writer.WriteNumber("milliseconds", test.Milliseconds);
        });
        Say($"{address}  {Sentences.Of(test.Outcome)} ({test.Milliseconds} ms)");
    }

    public void Event(ClientEvent happened)
    {
        Object(writer =>
        {
            writer.WriteString("type", "event");
            writer.WriteString("event", JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.Kind.ToString()));
            writer.WriteString("time", happened.Time);
            if (happened.Chat is { } chat)
            {
                writer.WriteStartObject("chat");
                WriteChat(writer, chat);
                writer.WriteEndObject();
            }
            if (happened.Message is { } message)
            {
                writer.WriteStartObject("message");
                WriteMessage(writer, message);
                writer.WriteEndObject();
            }
            if (happened.Relay is { } relay)
            {
                writer.WriteString("relay", relay.Address);
                writer.WriteBoolean("connected", relay.Connected);
            }
        });
        if (IsJson)
            return;
        switch (happened.Kind)
        {
            case ClientEventKind.MessageAdded or ClientEventKind.MessageChanged when happened is { Chat: { } chat, Message: { } message }:
                Terminal.Out.Write(Terminal.Dim($"[{Name(chat.Name)}] "));
                Message(chat, message);
                break;
            case ClientEventKind.ChatAdded or ClientEventKind.ChatChanged when happened.Chat is { } changed:
                Say(Terminal.Dim($"[{Name(changed.Name)}] {Sentences.Of(changed.Stage)}, {Sentences.Of(changed.Verification)}"));
                break;
            case ClientEventKind.ChatRemoved when happened.Chat is { } removed:
                Say(Terminal.Dim($"[{Name(removed.Name)}] deleted"));
                break;
            case ClientEventKind.RelayConnected:
                Say(Terminal.Dim("-- relay connected"));
                break;
            case ClientEventKind.RelayLost:
                Say(Terminal.Dim("-- relay not reached; trying again"));
                break;
            case ClientEventKind.RelayMisbehaved:
                Say(Terminal.Dim("-- a relay answered wrongly; nothing was believed"));
                break;
        }
    }

    private static void WriteChat(Utf8JsonWriter writer, ChatView chat)
    {
        writer.WriteString("type", "chat");
        writer.WriteString("id", chat.Id.Format());
        writer.WriteString("name", chat.Name);
        writer.WriteString("participant", chat.Participant);
        writer.WriteString("their_name", chat.TheirName);
        writer.WriteString("stage", Snake(chat.Stage.ToString()));
        writer.WriteString("verification", Snake(chat.Verification.ToString()));
        writer.WriteBoolean("secret_in_several_hands", chat.SecretInSeveralHands);
        writer.WriteNumber("unread", chat.Unread);
        writer.WriteString("created", chat.Created);
        writer.WriteString("last_activity", chat.LastActivity);
        writer.WriteString("safety_number", chat.SafetyNumber);
        writer.WriteBoolean("muted", chat.Muted);
    }

    private static void WriteMessage(Utf8JsonWriter writer, MessageView message)
    {
        writer.WriteString("type", "message");
        writer.WriteString("id", message.Id.Format());
        writer.WriteString("chat", message.Chat.Format());
        writer.WriteString("kind", Snake(message.Kind.ToString()));
        writer.WriteBoolean("own", message.Own);
        writer.WriteString("time", message.Time);
        writer.WriteString("arrived", message.Arrived);
        writer.WriteString("state", Snake(message.State.ToString()));
        if (message.Notice != ChatNotice.None)
            writer.WriteString("notice", Snake(message.Notice.ToString()));
        writer.WriteString("text", message.Text);
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

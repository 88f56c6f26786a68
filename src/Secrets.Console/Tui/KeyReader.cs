using System.Text;

namespace Secrets.Console.Tui;

/// <summary>Reads keys as they come; what is pasted becomes one text, so that its line breaks send nothing.</summary>
internal sealed class KeyReader(Func<ConsoleKeyInfo> read, Func<bool> available)
{
    private const string PasteBegins = "[200~";
    private const string PasteEnds = "\e[201~";

    private readonly Queue<TuiKey> _ready = new();

    public TuiKey Next()
    {
        if (_ready.TryDequeue(out var waiting))
            return waiting;
        var key = read();
        if (key.KeyChar != '\e')
            return Whole(key);
        var after = new StringBuilder();
        while (after.Length < PasteBegins.Length && PasteBegins.StartsWith(after.ToString(), StringComparison.Ordinal) && available())
        {
            var next = read();
            if (next.KeyChar != PasteBegins[after.Length])
            {
                Hold(after);
                _ready.Enqueue(Whole(next));
                return new TuiKey(KeyKind.Escape);
            }
            _ = after.Append(next.KeyChar);
        }
        if (after.Length == PasteBegins.Length)
            return new TuiKey(KeyKind.Text, Paste());
        Hold(after);
        return new TuiKey(KeyKind.Escape);
    }

    private void Hold(StringBuilder typed)
    {
        if (typed.Length > 0)
            _ready.Enqueue(new TuiKey(KeyKind.Text, typed.ToString()));
    }

    private string Paste()
    {
        var pasted = new StringBuilder();
        while (true)
        {
            var key = read();
            _ = pasted.Append(key.Key == ConsoleKey.Enter && key.KeyChar == 0 ? '\n' : key.KeyChar);
            if (key.KeyChar == '~' && EndsWith(pasted, PasteEnds))
                return pasted.ToString(0, pasted.Length - PasteEnds.Length);
        }
    }

    /// <summary>A character of two halves is one key.</summary>
    private TuiKey Whole(ConsoleKeyInfo key)
    {
        if (!char.IsHighSurrogate(key.KeyChar))
            return TuiKey.Of(key);
        var second = read();
        return char.IsLowSurrogate(second.KeyChar) ? new TuiKey(KeyKind.Text, new string([key.KeyChar, second.KeyChar])) : TuiKey.Of(second);
    }

    private static bool EndsWith(StringBuilder text, string end)
    {
        for (var i = 1; i <= end.Length; i++)
        {
            if (text.Length < i || text[^i] != end[^i])
                return false;
        }
        return true;
    }
}

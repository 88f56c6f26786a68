using System.Text;

namespace Secrets.Console.Tui;

/// <summary>The whole terminal, taken while it lives and given back as it was; only rows that changed are sent.</summary>
internal sealed class AnsiScreen : IDisposable
{
    // the other screen, no wrapping at the edge (a terminal that measures a character differently spoils one row only), pastes marked
    private const string Enter = "\e[?1049h\e[?7l\e[?2004h\e[2J";
    private const string Leave = "\e[0m\e[?2004l\e[?7h\e[?25h\e[?1049l";

    private readonly Stream _output;
    private readonly bool _colour;
    private readonly Lock _gate = new();
    private string[] _shown = [];
    private bool _left;

    public AnsiScreen(Stream output, bool colour)
    {
        _output = output;
        _colour = colour;
        Write(Enter);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Forgets what is shown: the next drawing sends all of it.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _shown = [];
            if (!_left)
                Write(Enter);
        }
    }

    public void Show(Canvas canvas)
    {
        lock (_gate)
        {
            if (_left)
                return;
            var changes = new StringBuilder("\e[?25l");
            if (_shown.Length != canvas.Height)
            {
                _shown = new string[canvas.Height];
                _ = changes.Append("\e[0m\e[2J");
            }
            for (var y = 0; y < canvas.Height; y++)
            {
                var line = canvas.Render(y, _colour);
                if (line == _shown[y])
                    continue;
                _shown[y] = line;
                _ = changes.Append("\e[").Append(y + 1).Append(";1H").Append(line);
            }
            if (canvas.Cursor is { } cursor)
                _ = changes.Append("\e[").Append(cursor.Y + 1).Append(';').Append(cursor.X + 1).Append("H\e[?25h");
            Write(changes.ToString());
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        lock (_gate)
        {
            if (_left)
                return;
            _left = true;
            try
            {
                Write(Leave);
            }
            catch (IOException)
            {
                // the terminal is gone, and with it what was to be restored
            }
        }
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Write(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }
}

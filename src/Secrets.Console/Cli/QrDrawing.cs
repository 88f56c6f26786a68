using QRCoder;

namespace Secrets.Console.Cli;

/// <summary>QR codes in half blocks: two rows of the code in a line of text.</summary>
internal static class QrDrawing
{
    /// <summary>Of the four modules of quiet zone that the generator makes, two are left out: with two, a code fits into 24 rows.</summary>
    private const int Trimmed = 2;

    /// <summary>The lines of the drawing. Plain, the blocks are the light parts, as on a dark terminal; inverted they are the dark parts.</summary>
    public static IReadOnlyList<string> Lines(string content, bool inverted)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.L);
        var rows = data.ModuleMatrix.Skip(Trimmed).SkipLast(Trimmed).ToArray();
        var lines = new List<string>();
        // a row that is missing below is part of the quiet zone
        for (var y = 0; y < rows.Length; y += 2)
        {
            var line = new char[rows[y].Count - (2 * Trimmed)];
            for (var x = 0; x < line.Length; x++)
                line[x] = Block(rows[y][x + Trimmed] == inverted, (y + 1 < rows.Length && rows[y + 1][x + Trimmed]) == inverted);
            lines.Add(new string(line));
        }
        return lines;
    }

    private static char Block(bool above, bool below) => (above, below) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
}

using QRCoder;

namespace Secrets.Console.Cli;

/// <summary>QR codes in half blocks: two rows of the code in a line of text.</summary>
internal static class QrDrawing
{
    /// <summary>The lines of the drawing. Plain, the blocks are the light parts, as on a dark terminal; inverted they are the dark parts.</summary>
    public static IReadOnlyList<string> Lines(string content, bool inverted)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.L);
        var rows = data.ModuleMatrix;
        var lines = new List<string>();
        // the quiet zone is part of the matrix; a row that is missing below is part of it too
        for (var y = 0; y < rows.Count; y += 2)
        {
            var line = new char[rows[y].Count];
            for (var x = 0; x < line.Length; x++)
                line[x] = Block(rows[y][x] == inverted, (y + 1 < rows.Count && rows[y + 1][x]) == inverted);
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

using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.Console.Tests.Support;

/// <summary>A conversation with the program, written as a person would see it.</summary>
/// <remarks>
/// <c>$ secrets …</c> runs, <c>&lt;</c> is typed, <c>&gt;</c> is printed, <c>!</c> is printed as an error, <c>= N</c> is the exit code if it
/// is not 0, <c>@ relay stops</c> and <c>@ relay starts</c> do that, <c>@ file NAME TEXT</c> writes a file, <c>#</c> explains. In what is printed <c>*</c> stands for anything
/// and <c>{NAME}</c> keeps what stands there for later lines.
/// </remarks>
internal sealed partial class Script(ConsoleWorld world)
{
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);

    public async Task PlayAsync(string path)
    {
        var lines = await File.ReadAllLinesAsync(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("@ ", StringComparison.Ordinal))
            {
                await ArrangeAsync(lines[i][2..]);
                continue;
            }
            if (!lines[i].StartsWith("$ secrets ", StringComparison.Ordinal))
            {
                Assert.True(lines[i].Length == 0 || lines[i][0] == '#', $"{Path.GetFileName(path)}:{i + 1} is not understood: {lines[i]}");
                continue;
            }
            var first = i;
            List<string> input = [], output = [], error = [];
            var code = 0;
            while (i + 1 < lines.Length && lines[i + 1].Length > 0 && lines[i + 1][0] is '<' or '>' or '!' or '=')
            {
                i++;
                var rest = lines[i].Length > 2 ? lines[i][2..] : "";
                switch (lines[i][0])
                {
                    case '<':
                        input.Add(Filled(rest));
                        break;
                    case '>':
                        output.Add(rest);
                        break;
                    case '!':
                        error.Add(rest);
                        break;
                    default:
                        code = int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture);
                        break;
                }
            }
            var run = await world.TypeAsync(Filled(lines[first]["$ secrets ".Length..]), [.. input]);
            var place = $"{Path.GetFileName(path)}:{first + 1} {lines[first]}\n--- printed\n{run.Output}--- errors\n{run.Error}--- code {run.Code}\n";
            Assert.True(code == run.Code, $"{place}expected code {code}");
            Match(output, run.Lines, place);
            Match(error, run.ErrorLines, place);
        }
    }

    private async Task ArrangeAsync(string what)
    {
        if (what == "relay stops")
            await world.StopRelayAsync();
        else if (what == "relay starts")
            await world.StartRelayAsync();
        else if (what.Split(' ', 3) is ["file", var name, var text])
            await File.WriteAllTextAsync(world[name], text + "\n");
        else
            Assert.Fail("not understood: @ " + what);
    }

    private void Match(List<string> expected, IReadOnlyList<string> printed, string place)
    {
        for (var i = 0; i < Math.Max(expected.Count, printed.Count); i++)
        {
            Assert.True(i < expected.Count, $"{place}not expected: {(i < printed.Count ? printed[i] : "")}");
            Assert.True(i < printed.Count, $"{place}missing: {expected[i]}");
            var match = Regex.Match(printed[i], Pattern(Filled(expected[i])));
            Assert.True(match.Success, $"{place}expected: {expected[i]}\nprinted:  {printed[i]}");
            foreach (var name in match.Groups.Keys.Where(k => !char.IsAsciiDigit(k[0])))
                _kept[name] = match.Groups[name].Value;
        }
    }

    private string Filled(string line) => Name().Replace(line, m => _kept.TryGetValue(m.Groups[1].Value, out var value) ? value : m.Value);

    private static string Pattern(string expected)
    {
        var pattern = new StringBuilder("^");
        foreach (var part in Part().Split(expected))
        {
            if (part == "*")
                _ = pattern.Append(".*");
            else if (Name().Match(part) is { Success: true } name && name.Length == part.Length)
                _ = pattern.Append("(?<").Append(name.Groups[1].Value).Append(">.+)");
            else
                _ = pattern.Append(Regex.Escape(part));
        }
        return pattern.Append('$').ToString();
    }

    [GeneratedRegex(@"\{([A-Z]+)\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"(\*|\{[A-Z]+\})")]
    private static partial Regex Part();
}

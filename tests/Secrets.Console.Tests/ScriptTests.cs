using Secrets.Console.Tests.Support;

namespace Secrets.Console.Tests;

/// <summary>Each file in Scripts is a conversation with the program; it reads as the manual does.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scripts");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_program_answers_as_written(string name)
    {
        // one of them pays what people pay for passwords
        await using var world = await ConsoleWorld.StartAsync(atFullCost: name == "walk-through");

        await new Script(world).PlayAsync(Path.Combine(Folder, name + ".txt"));
    }

    [Fact]
    public void All_scripts_are_there() => Assert.Equal(6, Scripts.Count);
}

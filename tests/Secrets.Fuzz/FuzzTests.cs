using System.Diagnostics;
using System.Globalization;
using Xunit.Sdk;

namespace Secrets.Fuzz;

/// <summary>
/// E-70, E-71: no input makes a decoder throw, answer a value that its enum hasn't, or take memory or time out of proportion.
/// </summary>
/// <remarks>
/// SECRETS_FUZZ_SECONDS is the budget of all targets together (10 unless given; 30 in `./check`, hours in `./check --long`),
/// SECRETS_FUZZ_SEED repeats a run. A failure prints seed and input; the input is kept in Kept/TARGET.txt as a test for good.
/// </remarks>
public sealed class FuzzTests
{
    private const int FewestInputs = 2000;

    private const long LargestAllocation = 8L << 20;

    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(5);

    private static readonly int Seed = Number("SECRETS_FUZZ_SEED", (int)(Stopwatch.GetTimestamp() & 0xffffff));

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(Number("SECRETS_FUZZ_SECONDS", 10)) / Math.Max(1, Target.All.Count);

    /// <summary>xunit's rows.</summary>
    public static TheoryData<string> Names => [.. Target.All.Select(target => target.Name).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void E70_E71_A_decoder_refuses_what_it_does_not_accept(string name)
    {
        foreach (var target in Target.All.Where(target => target.Name == name))
        {
            var mutator = new Mutator(Seed, Corpus.Of(target.Layer));
            var clock = Stopwatch.StartNew();
            foreach (var seed in Corpus.Of(target.Layer))
                Feed(target, mutator, seed);
            for (var count = 0; count < FewestInputs || clock.Elapsed < Budget; count++)
            {
                Feed(target, mutator, mutator.Next());
                // a slow decoder (a password hash, a signature) gets its share of the time, not its number of inputs
                if (clock.Elapsed > Budget + TimeSpan.FromSeconds(10))
                    break;
            }
        }
    }

    [Fact]
    public void E70_An_input_that_once_failed_is_refused_for_good()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Kept");
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var targets = Target.All.Where(target => target.Name == name).ToList();
            Assert.NotEmpty(targets);
            foreach (var target in targets)
            {
                var mutator = new Mutator(0, []);
                foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
                    Feed(target, mutator, Convert.FromHexString(line));
            }
        }
    }

    [Fact]
    public void The_corpus_and_the_list_of_decoders_are_not_empty()
    {
        // a corpus whose folder moved away would fuzz noise only, and nobody would notice
        Assert.True(Corpus.Count >= 20, $"{Corpus.Count} seeds");
        Assert.True(Target.All.Count >= 30, $"{Target.All.Count} decoders");
    }

    private static void Feed(Target target, Mutator mutator, byte[] input)
    {
        var clock = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        bool accepted;
        try
        {
            accepted = target.Body(input);
        }
        catch (Exception fault)
        {
            throw new XunitException($"{target.Name} threw {fault.GetType().Name}. Seed {Seed}, input:\n{Convert.ToHexString(input)}\n{fault}");
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > LargestAllocation)
            throw new XunitException($"{target.Name} allocated {allocated} bytes for {input.Length}. Seed {Seed}, input:\n{Convert.ToHexString(input)}");
        if (Stopwatch.GetElapsedTime(clock) > LongestInput)
            throw new XunitException($"{target.Name} took {Stopwatch.GetElapsedTime(clock)} for {input.Length} bytes. Seed {Seed}, input:\n{Convert.ToHexString(input)}");
        if (accepted)
            mutator.Keep(input);
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

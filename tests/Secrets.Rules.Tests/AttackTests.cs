using System.Globalization;
using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>Known attacks and numbered decisions have tests that bear their numbers.</summary>
public sealed partial class AttackTests
{
    /// <summary>Attacks of docs/design/past-vulnerabilities.md that concern what is built.</summary>
    private static readonly int[] Attacks =
        [2, 3, 5, 6, 7, 9, 11, 14, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32, 33, 34, 35, 37, 39, 43, 46, 62, 69, 70, 71, 72, 78];

    /// <summary>Decisions of docs/design/properties.md that concern what is built.</summary>
    private static readonly int[] Decisions = [1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 14, 15, 16, 17, 20, 21, 22, 23, 25, 27, 28];

    private static readonly string Tests = string.Concat(Tree.Sources("tests").Where(path => !path.EndsWith("AttackTests.cs", StringComparison.Ordinal)).Select(Tree.Text));

    [Fact]
    public void Every_known_attack_on_what_is_built_has_a_test()
    {
        var found = Numbers(Attack().Matches(Tests));

        Faults.None("No test bears the number of an attack:", Attacks.Except(found).Select(number => (object)$"E-{number}"));
    }

    [Fact]
    public void Every_numbered_decision_on_what_is_built_has_a_test()
    {
        var found = Numbers(Decision().Matches(Tests));

        Faults.None("No test bears the number of a decision:", Decisions.Except(found).Select(number => (object)$"decision {number}"));
    }

    [Fact]
    public void Every_attack_of_the_list_is_explained()
    {
        var explained = Numbers(Attack().Matches(Tree.Text("docs/design/past-vulnerabilities.md")));

        Faults.None("Not explained:", Attacks.Except(explained).Select(number => (object)$"E-{number}"));
    }

    private static HashSet<int> Numbers(IEnumerable<Match> matches) =>
        [.. matches.Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(?:\b|_)E[-_]?([0-9]{1,2})(?![0-9])")]
    private static partial Regex Attack();

    [GeneratedRegex(@"[Dd]ecision[ _]([0-9]{1,2})(?![0-9])")]
    private static partial Regex Decision();
}

using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>Sizes and shapes of files.</summary>
public sealed partial class FileTests
{
    /// <summary>Where a file stops being read in one sitting.</summary>
    private const int LargestFile = 700;

    private const int DeepestFolder = 3;

    [Fact]
    public void A_source_file_can_be_read_in_one_sitting()
    {
        var faults = Tree.Sources().Select(path => (path, count: Tree.Lines(path).Length)).Where(file => file.count > LargestFile)
            .Select(file => $"{file.path}: {file.count} lines");

        Faults.None("A source file can be read in one sitting. Not so:", faults);
    }

    [Fact]
    public void A_file_has_one_public_type()
    {
        var faults = Tree.Sources().Where(path => PublicType().Count(Tree.Text(path)) > 1);

        Faults.None("A file has one public type. Not so:", faults);
    }

    [Fact]
    public void Folders_are_not_deep()
    {
        var faults = Tree.Sources().Where(path => path.Split('/').Length - 2 > DeepestFolder);

        Faults.None("Folders are not deep. Not so:", faults);
    }

    [Fact]
    public void Names_say_what_a_thing_is()
    {
        var faults = Tree.Sources().Where(path => EmptyWord().IsMatch(Path.GetFileNameWithoutExtension(path)));

        Faults.None("Names say what a thing is. Not so:", faults);
    }

    [Fact]
    public void A_suppression_bears_its_reason()
    {
        var faults = Tree.Sources().SelectMany(path => Tree.Lines(path).Select((line, index) => (line, index))
            .Where(item => item.line.Contains("#pragma warning disable", StringComparison.Ordinal) && !item.line.Contains("//", StringComparison.Ordinal))
            .Select(item => $"{path}:{item.index + 1}"));

        Faults.None("A suppression bears its reason. Not so:", faults);
    }

    [GeneratedRegex(@"^public (?:sealed |static |abstract |readonly |ref |partial |unsafe )*(?:class|struct|interface|enum|record|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Common)$")]
    private static partial Regex EmptyWord();
}

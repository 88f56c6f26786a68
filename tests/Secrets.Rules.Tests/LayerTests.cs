using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Secrets.Rules.Tests;

/// <summary>Who may use whom. A layer uses only layers below it; the relay can't leak what it can't link.</summary>
public sealed partial class LayerTests
{
    /// <summary>Project → the projects it may use.</summary>
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Secrets.Crypto"] = [],
        ["Secrets.Transport"] = ["Secrets.Crypto"],
        ["Secrets.Protocol"] = ["Secrets.Crypto", "Secrets.Transport"],
        ["Secrets.Stack"] = ["Secrets.Crypto", "Secrets.Transport"],
        ["Secrets.Stack.Server"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Stack"],
        ["Secrets.Store"] = ["Secrets.Crypto", "Secrets.Transport"],
        ["Secrets.Client"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol", "Secrets.Stack", "Secrets.Store"],
        ["Secrets.Relay"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Stack", "Secrets.Stack.Server"],
        ["Secrets.Console"] = ["Secrets.Client", "Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol", "Secrets.Stack", "Secrets.Stack.Server", "Secrets.Store"],
        ["Secrets.Browser"] = ["Secrets.Client", "Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol", "Secrets.Stack", "Secrets.Store"],
    };

    /// <summary>Namespace of a layer → the namespaces of ours that it may use. A host decides nothing by itself: it sees the client alone.</summary>
    private static readonly Dictionary<string, string[]> Namespaces = new(StringComparer.Ordinal)
    {
        ["Secrets.Crypto"] = ["Secrets.Crypto"],
        ["Secrets.Transport.Encoding"] = ["Secrets.Crypto"],
        ["Secrets.Transport.Boxes"] = ["Secrets.Crypto", "Secrets.Transport.Encoding"],
        ["Secrets.Transport.Rooms"] = ["Secrets.Crypto", "Secrets.Transport.Encoding"],
        ["Secrets.Transport.Mix"] = ["Secrets.Crypto", "Secrets.Transport"],
        ["Secrets.Protocol.Noise"] = ["Secrets.Crypto", "Secrets.Transport"],
        ["Secrets.Protocol.Chains"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol.Noise"],
        ["Secrets.Protocol.Sessions"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol.Noise", "Secrets.Protocol.Chains"],
        ["Secrets.Protocol.Chats"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol.Chains", "Secrets.Protocol.Sessions"],
        ["Secrets.Protocol.Vaults"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol"],
        ["Secrets.Protocol.Rooms"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol"],
        ["Secrets.Stack"] = ["Secrets.Crypto", "Secrets.Transport.Encoding", "Secrets.Stack"],
        ["Secrets.Store"] = ["Secrets.Crypto", "Secrets.Transport.Encoding", "Secrets.Store"],
        ["Secrets.Relay"] = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Stack", "Secrets.Relay"],
        // a host opens the store and names relays; names are shown and texts measured as chats define it
        ["Secrets.Console"] = ["Secrets.Client", "Secrets.Console", "Secrets.Crypto", "Secrets.Store", "Secrets.Stack", "Secrets.Protocol.Chats"],
        ["Secrets.Browser"] = ["Secrets.Client", "Secrets.Browser", "Secrets.Crypto", "Secrets.Store", "Secrets.Stack"],
    };

    [Fact]
    public void A_project_references_only_projects_of_layers_below_it()
    {
        foreach (var (project, allowed) in Projects)
        {
            var file = $"src/{project}/{project}.csproj";
            if (!Tree.Exists(file))
                continue;
            var referenced = XDocument.Parse(Tree.Text(file)).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

            Faults.None("A project references only projects of layers below it. Not so:", referenced.Except(allowed, StringComparer.Ordinal).Select(name => $"{project} references {name}"));
        }
    }

    [Fact]
    public void Every_project_of_src_has_its_row()
    {
        var projects = Tree.Files("src", ".csproj").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Faults.None("Every project of src has its row. Not so:", projects.Except(Projects.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void The_relay_links_nothing_that_could_read_a_message()
    {
        string[] forbidden = ["Secrets.Protocol", "Secrets.Client", "Secrets.Store", "Secrets.Console"];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Assembly>([Assembly.Load("Secrets.Relay")]);
        while (open.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (name.Name!.StartsWith("Secrets.", StringComparison.Ordinal) && seen.Add(name.Name))
                    open.Enqueue(Assembly.Load(name));
            }
        }

        Assert.Contains("Secrets.Crypto", seen);
        Faults.None("The relay links nothing that could read a message. Not so:", seen.Intersect(forbidden, StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_depends_on_no_package()
    {
        foreach (var assembly in Assemblies.OfCore)
        {
            var foreign = assembly.GetReferencedAssemblies().Select(name => name.Name!)
                .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Secrets.", StringComparison.Ordinal));

            Faults.None("The core depends on no package. Not so:", foreign.Select(name => $"{assembly.GetName().Name} uses {name}"));
        }
    }

    [Fact]
    public void A_layer_uses_only_layers_below_it()
    {
        var faults = new List<string>();
        foreach (var path in Tree.Sources())
        {
            var text = Tree.Text(path);
            if (NamespaceOf(text) is not { } own || RuleFor(own) is not { } rule)
                continue;
            faults.AddRange(Mentioned(text, own)
                .Where(used => !IsBelow(used, rule.Key) && !rule.Value.Any(allowed => IsBelow(used, allowed)))
                .Select(used => $"{path} uses {used}"));
        }

        Faults.None("A layer uses only layers below it. Not so:", faults);
    }

    [Fact]
    public void The_namespace_is_the_folder()
    {
        var faults = Tree.Sources()
            .Select(path => (path, found: NamespaceOf(Tree.Text(path)), expected: Path.GetDirectoryName(path)!["src/".Length..].Replace('/', '.')))
            .Where(file => file.found is not null && !IsBelow(file.expected, file.found))
            .Select(file => $"{file.path} says {file.found}");

        Faults.None("The namespace is the folder. Not so:", faults);
    }

    [Fact]
    public void Only_the_backends_of_crypto_are_unsafe()
    {
        var faults = Tree.Sources()
            .Where(path => !path.StartsWith("src/Secrets.Crypto/Native/", StringComparison.Ordinal))
            // fsync of a folder, for which .NET has no call: three functions of libc, no pointer
            .Where(path => path != "src/Secrets.Store/Files/FolderDisk.cs")
            // the terminal's echo, for which .NET has no call that holds: two functions of libc, no pointer
            .Where(path => path != "src/Secrets.Console/Cli/HiddenTyping.cs")
            .Where(path => Unsafe().IsMatch(Tree.Text(path)));

        Faults.None("Only the backends of crypto are unsafe. Not so:", faults);
    }

    [Fact]
    public void The_core_has_no_async_no_clock_and_no_files()
    {
        string[] core = ["src/Secrets.Crypto", "src/Secrets.Transport", "src/Secrets.Protocol"];
        var faults = core.SelectMany(Tree.Sources).SelectMany(path => Tree.Lines(path)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && OutsideWorld().IsMatch(line))
            .Select(line => $"{path}: {line.Trim()}"))
            // Argon2id takes half a second, so that one call may leave the caller's thread
            .Where(fault => !fault.Contains("/Argon2id", StringComparison.Ordinal)
                && !fault.Contains("ICryptoBackend", StringComparison.Ordinal)
                && !fault.Contains("Backend.cs", StringComparison.Ordinal));

        Faults.None("The core has no async no clock and no files. Not so:", faults);
    }

    private static string? NamespaceOf(string text) => Declaration().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static KeyValuePair<string, string[]>? RuleFor(string own) =>
        Namespaces.Where(rule => IsBelow(own, rule.Key)).OrderByDescending(rule => rule.Key.Length).Select(rule => (KeyValuePair<string, string[]>?)rule).FirstOrDefault();

    private static bool IsBelow(string name, string prefix) =>
        name == prefix || (name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '.');

    /// <summary>Namespaces of ours in a source: usings, qualified names, and siblings named from a common parent.</summary>
    private static IEnumerable<string> Mentioned(string text, string own)
    {
        var code = string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        var known = Namespaces.Keys.Concat(Projects.Keys).OrderByDescending(name => name.Length).ToArray();
        foreach (Match match in Qualified().Matches(code))
        {
            if (known.FirstOrDefault(name => IsBelow(match.Value, name)) is { } found && !IsBelow(own, match.Value))
                yield return found;
        }

        var parent = own.LastIndexOf('.') is > 0 and var dot ? own[..dot] : own;
        foreach (var sibling in known.Where(name => name.StartsWith(parent + '.', StringComparison.Ordinal) && !IsBelow(own, name)))
        {
            var last = sibling[(parent.Length + 1)..];
            if (!last.Contains('.', StringComparison.Ordinal) && parent is "Secrets.Transport" or "Secrets.Protocol"
                && Regex.IsMatch(code, $@"(?<![\w.]){last}\.[A-Z]"))
                yield return sibling;
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bSecrets(\.[A-Z]\w*)+")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<!-)\bunsafe\b(?! \()|\bDllImport\b|\bLibraryImport\b")]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"\basync\b|\bawait\b|\bTask\b|TimeProvider\.System|Stopwatch|\bFile\.|\bSocket\b|\bThread\b|ILogger")]
    private static partial Regex OutsideWorld();
}

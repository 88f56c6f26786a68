using System.Reflection;
using System.Runtime.CompilerServices;

namespace Secrets.Rules.Tests;

/// <summary>Our compiled assemblies.</summary>
internal static class Assemblies
{
    /// <summary>The pure layers.</summary>
    public static readonly string[] Core = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol"];

    /// <summary>Every project below src/, loaded.</summary>
    public static IReadOnlyList<Assembly> All { get; } = [.. Names().Select(Assembly.Load)];

    /// <summary>The pure layers, loaded.</summary>
    public static IEnumerable<Assembly> OfCore => All.Where(assembly => Core.Contains(assembly.GetName().Name, StringComparer.Ordinal));

    /// <summary>Types written by hand, in all assemblies or the given ones.</summary>
    public static IEnumerable<Type> Types(IEnumerable<Assembly>? assemblies = null) =>
        (assemblies ?? All).SelectMany(assembly => assembly.GetTypes()).Where(type => !IsGenerated(type));

    /// <summary>True for what the compiler made.</summary>
    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(Path.Combine(Tree.Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name != "Secrets.Browser")
            .Order(StringComparer.Ordinal);
}

using System.Reflection;
using System.Xml.Linq;

namespace Secrets.Rules.Tests;

/// <summary>The summaries that stand above types and members, by their documentation id.</summary>
internal static class Comments
{
    /// <summary>Those of an assembly.</summary>
    public static Dictionary<string, string> Of(Assembly assembly) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")), StringComparer.Ordinal);

    private static string Plain(XElement? summary)
    {
        if (summary is null)
            return "";
        foreach (var reference in summary.Descendants().Where(element => element.Attribute("cref") is not null && element.IsEmpty).ToList())
            reference.ReplaceWith("`" + reference.Attribute("cref")!.Value.Split('.', '(')[^1] + "`");
        return string.Join(' ', summary.Value.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
    }
}

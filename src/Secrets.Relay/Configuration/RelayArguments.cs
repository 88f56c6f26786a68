using System.Text.Json;

namespace Secrets.Relay.Configuration;

/// <summary>Reads the command line, the environment and the configuration file: flags &gt; environment &gt; file.</summary>
internal static class RelayArguments
{
    private const string EnvironmentPrefix = "SECRETS_RELAY_";

    /// <summary>The options; on a mistake null and one line that says which.</summary>
    public static RelayOptions? TryRead(IReadOnlyList<string> arguments, Func<string, string?> environment, out string mistake)
    {
        if (!TryReadFlags(arguments, out var flags, out mistake))
            return null;
        var settings = new RelaySettings(DefaultDataFolder(environment));
        var file = flags.GetValueOrDefault("config") ?? environment(EnvironmentPrefix + "CONFIG");
        if (file is not null && !TryApplyFile(settings, file, out mistake))
            return null;
        foreach (var name in RelaySettings.Names)
        {
            var variable = EnvironmentPrefix + name.Replace('-', '_').ToUpperInvariant();
            if (environment(variable) is { Length: > 0 } value && !TryApply(settings, name, value, variable, out mistake))
                return null;
        }
        foreach (var (name, value) in flags)
        {
            if (name != "config" && !TryApply(settings, name, value, "--" + name, out mistake))
                return null;
        }
        mistake = "";
        return settings.Options;
    }

    private static string DefaultDataFolder(Func<string, string?> environment)
    {
        var folder = environment("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(folder) || !Path.IsPathRooted(folder))
            folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(folder, "secrets", "relay");
    }

    private static bool TryReadFlags(IReadOnlyList<string> arguments, out Dictionary<string, string> flags, out string mistake)
    {
        flags = new Dictionary<string, string>(StringComparer.Ordinal);
        mistake = "";
        for (var i = 0; i < arguments.Count; i++)
        {
            var (flag, value) = SplitAtEquals(arguments[i]);
            var name = flag.StartsWith("--", StringComparison.Ordinal) ? flag[2..] : "";
            if (name != "config" && !RelaySettings.Knows(name))
                mistake = $"{flag}: there is no such option; --help lists them";
            else if (value is null && ++i == arguments.Count)
                mistake = $"{flag}: wants a value";
            else
                flags[name] = Join(flags, name, value ?? arguments[i]);
            if (mistake.Length > 0)
                return false;
        }
        return true;
    }

    // lists can be given as several flags
    private static string Join(Dictionary<string, string> flags, string name, string value) =>
        name is "announce" or "writers" or "turn" && flags.TryGetValue(name, out var before) ? $"{before},{value}" : value;

    private static (string Flag, string? Value) SplitAtEquals(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static bool TryApply(RelaySettings settings, string name, string value, string where, out string mistake)
    {
        var isGood = settings.TrySet(name, value);
        mistake = isGood ? "" : $"{where}: the value can't be read";
        return isGood;
    }

    private static bool TryApplyFile(RelaySettings settings, string path, out string mistake)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return TryApplyObject(settings, document.RootElement, out mistake);
            mistake = "the configuration file must hold a JSON object";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // the second comes from escapes that are no text
            mistake = "the configuration file is no JSON";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistake = "the configuration file can't be read";
        }
        return false;
    }

    private static bool TryApplyObject(RelaySettings settings, JsonElement root, out string mistake)
    {
        foreach (var property in root.EnumerateObject())
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number => property.Value.GetRawText(),
                JsonValueKind.Array => string.Join(',', property.Value.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString())),
                _ => null,
            };
            var isKnown = RelaySettings.Knows(property.Name);
            if (isKnown && value is not null && settings.TrySet(property.Name, value))
                continue;
            mistake = isKnown ? $"configuration file, {property.Name}: the value can't be read" : $"configuration file: there is no option {property.Name}";
            return false;
        }
        mistake = "";
        return true;
    }
}

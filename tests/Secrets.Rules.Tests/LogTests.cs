using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Secrets.Rules.Tests;

/// <summary>What a log can hold is decided by the types of its parameters: no text, no key, no address, no exception.</summary>
public sealed class LogTests
{
    private static readonly Type[] Allowed = [typeof(int), typeof(long), typeof(bool), typeof(TimeSpan)];

    [Fact]
    public void A_log_method_takes_numbers_durations_and_our_enums_only()
    {
        var faults = Methods().SelectMany(method => method.GetParameters()
            .Where(parameter => !typeof(ILogger).IsAssignableFrom(parameter.ParameterType) && !IsAllowed(parameter.ParameterType))
            .Select(parameter => $"{method.DeclaringType}.{method.Name}: {parameter.ParameterType.Name} {parameter.Name}"));

        Faults.None("A log method takes numbers durations and our enums only. Not so:", faults);
    }

    [Fact]
    public void Log_methods_live_in_the_file_Log()
    {
        var faults = Tree.Sources()
            .Where(path => Path.GetFileName(path) != "Log.cs" && Tree.Text(path).Contains("[LoggerMessage", StringComparison.Ordinal));

        Faults.None("Log methods live in the file Log. Not so:", faults);
    }

    [Fact]
    public void The_core_does_not_log()
    {
        var faults = Assemblies.OfCore.Where(assembly => assembly.GetReferencedAssemblies()
            .Any(name => name.Name!.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal)));

        Faults.None("The core does not log. Not so:", faults);
    }

    private static IEnumerable<MethodInfo> Methods() =>
        Assemblies.Types().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "LoggerMessageAttribute"));

    private static bool IsAllowed(Type type) =>
        Allowed.Contains(type)
        || (type.IsEnum && type.Assembly.GetName().Name!.StartsWith("Secrets.", StringComparison.Ordinal));
}

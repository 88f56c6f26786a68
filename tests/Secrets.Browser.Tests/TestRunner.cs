using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Secrets.Browser.Tests;

/// <summary>Runs the facts and theories of test assemblies one after another, as they are: found by xunit's attributes, with the data that these give.</summary>
/// <remarks>xunit's own runners want threads. What of xunit is not understood here (fixtures, time limits, orders) fails a test instead of being passed over.</remarks>
internal sealed class TestRunner(Action<string> report)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private int _succeeded;
    private int _failed;
    private int _skipped;

    /// <summary>Runs all tests whose full name begins with the filter, but those of <see cref="LeftOut"/>; true if none failed.</summary>
    public async Task<bool> RunAsync(IEnumerable<Assembly> assemblies, string filter)
    {
        var leftOut = new Dictionary<string, int>();
        foreach (var assembly in assemblies)
        {
            var watch = Stopwatch.StartNew();
            var before = _succeeded;
            foreach (var (type, method) in Find(assembly).Where(test => NameOf(test.Type, test.Method).StartsWith(filter, StringComparison.Ordinal)))
            {
                if (LeftOut.Find(NameOf(type, method)) is { } entry)
                    leftOut[entry] = leftOut.GetValueOrDefault(entry) + 1;
                else
                    await RunAsync(type, method);
            }
            report($"{assembly.GetName().Name}: {_succeeded - before} in {watch.Elapsed.TotalSeconds:F1} s");
        }
        foreach (var (entry, reason) in LeftOut.Entries)
            Account(entry, reason, leftOut.GetValueOrDefault(entry), filter);
        report($"Test run summary:\n  total: {_succeeded + _failed + _skipped}\n  failed: {_failed}\n  succeeded: {_succeeded}\n  skipped: {_skipped}");
        return _failed == 0;
    }

    private static IEnumerable<(Type Type, MethodInfo Method)> Find(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } || type is { IsAbstract: true, IsSealed: true }
        orderby type.FullName
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where method.GetCustomAttribute<FactAttribute>() is not null
        select (type, method);

    private static string NameOf(Type type, MethodInfo method) => $"{type.FullName}.{method.Name}";

    private void Account(string entry, string reason, int count, string filter)
    {
        if (count > 0)
            report($"left out, {count}: {entry} ({reason})");
        else if (filter.Length == 0)
            Fail(entry, "is left out but is no test");
    }

    private async Task RunAsync(Type type, MethodInfo method)
    {
        var name = NameOf(type, method);
        object?[][] rows;
        try
        {
            rows = await RowsAsync(method);
        }
        catch (Exception exception)
        {
            Fail(name, exception.ToString());
            return;
        }
        foreach (var row in rows)
            await RunAsync(row.Length == 0 ? name : $"{name}({string.Join(", ", row)})", type, method, row);
    }

    private static async Task<object?[][]> RowsAsync(MethodInfo method)
    {
        var fact = method.GetCustomAttribute<FactAttribute>()!;
        if (fact.Timeout != 0 || fact.Skip is not null || fact.Explicit)
            throw new NotSupportedException("Time limits and fixed skips are not known here.");
        if (fact is not TheoryAttribute)
            return [[]];
        var rows = new List<object?[]>();
        await using var tracker = new DisposalTracker();
        foreach (var source in method.GetCustomAttributes().OfType<IDataAttribute>())
            rows.AddRange((source is MemberDataAttribute member ? Read(method, member) : await source.GetData(method, tracker)).Select(row => row.GetData()));
        return rows.Count > 0 ? [.. rows] : throw new InvalidOperationException("A theory without data.");
    }

    // the attribute's own way gives nothing outside of xunit's runners
    private static IEnumerable<ITheoryDataRow> Read(MethodInfo method, MemberDataAttribute member) =>
        (IEnumerable<ITheoryDataRow>)method.ReflectedType!.GetProperty(member.MemberName)!.GetValue(null)!;

    private async Task RunAsync(string name, Type type, MethodInfo method, object?[] row)
    {
        // so that promises and timers get their turn
        await Task.Yield();
        var watch = Stopwatch.StartNew();
        try
        {
            var instance = method.IsStatic ? null : Activator.CreateInstance(type);
            try
            {
                if (instance is IAsyncLifetime lifetime)
                    await lifetime.InitializeAsync();
                await InvokeAsync(instance, method, row);
            }
            finally
            {
                if (instance is IAsyncDisposable asynchronous)
                    await asynchronous.DisposeAsync();
                else if (instance is IDisposable disposable)
                    disposable.Dispose();
            }
            _succeeded++;
        }
        catch (Exception exception) when (exception.GetType().Name == "SkipException")
        {
            _skipped++;
            report($"skipped {name}\n  {exception.Message}");
        }
        catch (Exception exception)
        {
            Fail(name, exception.ToString());
        }
        if (watch.Elapsed > Slow)
            report($"{watch.Elapsed.TotalSeconds:F1} s: {name}");
    }

    private static async Task InvokeAsync(object? instance, MethodInfo method, object?[] row)
    {
        object? result;
        try
        {
            var parameters = method.GetParameters();
            result = method.Invoke(instance, [.. row.Select((value, i) => Convert(value, parameters[i].ParameterType))]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
        if (result is Task task)
            await task;
        else if (result is ValueTask value)
            await value;
        else if (result is not null)
            throw new NotSupportedException($"A test that returns {result.GetType()}.");
    }

    // an attribute's 1 is an int, whatever the parameter is
    private static object? Convert(object? value, Type type) =>
        value is IConvertible && type.IsPrimitive && value.GetType() != type ? System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;

    private void Fail(string name, string why)
    {
        _failed++;
        report($"failed {name}\n  {why}");
    }
}

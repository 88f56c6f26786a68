using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;

namespace Secrets.Fuzz;

/// <summary>Finds every static decoder of our assemblies: `Try…(bytes or text, out …)` that answers a bool or an enum.</summary>
/// <remarks>A decoder that lands is fuzzed from that day on without being listed anywhere.</remarks>
internal static class DecoderTargets
{
    private static readonly string[] Projects =
        ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol", "Secrets.Stack", "Secrets.Store", "Secrets.Client", "Secrets.Relay"];

    /// <summary>What a decoder is called; other `Try…` methods take what our own code made.</summary>
    private static readonly string[] Verbs = ["Read", "Parse", "Start", "Import", "Decode", "GetLength"];

    private delegate int BytesDecoder(ReadOnlySpan<byte> input);

    private delegate int CharsDecoder(ReadOnlySpan<char> input);

    private delegate int TextDecoder(string input);

    private delegate int MemoryDecoder(ReadOnlyMemory<byte> input);

    /// <summary>All of them.</summary>
    public static IEnumerable<Target> Find() =>
        from project in Projects
        from type in Assembly.Load(project).GetTypes()
        where !type.ContainsGenericParameters && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where IsDecoder(method)
        select Make(method);

    private static bool IsDecoder(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return Verbs.Any(verb => method.Name.StartsWith("Try" + verb, StringComparison.Ordinal))
            && !method.IsGenericMethodDefinition
            && (method.IsPublic || method.IsAssembly)
            && (method.ReturnType == typeof(bool) || method.ReturnType.IsEnum)
            && parameters.Length > 1
            && IsInput(parameters[0].ParameterType)
            && parameters.Any(parameter => parameter.IsOut)
            && parameters.Skip(1).All(parameter => parameter.IsOut || HasDefault(parameter.ParameterType));
    }

    private static bool IsInput(Type type) =>
        type == typeof(ReadOnlySpan<byte>) || type == typeof(ReadOnlySpan<char>) || type == typeof(string) || type == typeof(ReadOnlyMemory<byte>);

    /// <summary>A value type whose default is a fair second argument: an id, a number, an enum; not a buffer and not a key in bytes.</summary>
    private static bool HasDefault(Type type)
    {
        var value = type.IsByRef ? type.GetElementType()! : type;
        return value.IsValueType && !value.IsByRefLike && !value.IsGenericType;
    }

    private static Target Make(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.FullName!["Secrets.".Length..]}.{method.Name}";
        var inner = (method.DeclaringType.Namespace ?? "").Split('.');
        var layer = inner[1] switch
        {
            "Crypto" => "primitives",
            "Transport" or "Protocol" when inner.Length > 2 => inner[2].ToLowerInvariant(),
            var other => other.ToLowerInvariant(),
        };
        return new Target(name, layer, Body(method));
    }

    private static TargetBody Body(MethodInfo method)
    {
        var input = method.GetParameters()[0].ParameterType;
        if (input == typeof(ReadOnlySpan<byte>))
        {
            var call = Compile<BytesDecoder>(method);
            return bytes => Judge(method, call(bytes));
        }
        if (input == typeof(ReadOnlyMemory<byte>))
        {
            var call = Compile<MemoryDecoder>(method);
            return bytes => Judge(method, call(bytes.ToArray()));
        }
        if (input == typeof(ReadOnlySpan<char>))
        {
            var call = Compile<CharsDecoder>(method);
            return bytes => Judge(method, call(Text(bytes)));
        }

        var read = Compile<TextDecoder>(method);
        return bytes => Judge(method, read(Text(bytes)));
    }

    /// <summary>Valid UTF-8 as itself, other bytes as one character each, so that lone surrogates and controls come too.</summary>
    private static string Text(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static bool Judge(MethodInfo method, int result)
    {
        if (method.ReturnType == typeof(bool))
            return result != 0;
        if (!Enum.IsDefined(method.ReturnType, Enum.ToObject(method.ReturnType, result)))
            throw new InvalidOperationException($"{method.Name} answered {result}, which is no {method.ReturnType.Name}.");
        return result == 0;
    }

    /// <summary>A span can't be passed by reflection, so the call is compiled: the input, then a local for each other parameter.</summary>
    private static T Compile<T>(MethodInfo method)
        where T : Delegate
    {
        var parameters = method.GetParameters();
        var call = new DynamicMethod("Feed", typeof(int), [parameters[0].ParameterType], typeof(DecoderTargets).Module, skipVisibility: true);
        var code = call.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        foreach (var parameter in parameters.Skip(1))
        {
            var type = parameter.ParameterType;
            var local = code.DeclareLocal(type.IsByRef ? type.GetElementType()! : type);
            code.Emit(type.IsByRef ? OpCodes.Ldloca : OpCodes.Ldloc, local);
        }
        code.Emit(OpCodes.Call, method);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
        return call.CreateDelegate<T>();
    }
}

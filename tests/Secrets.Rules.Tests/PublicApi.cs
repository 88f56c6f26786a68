using System.Reflection;
using System.Text;

namespace Secrets.Rules.Tests;

/// <summary>The public surface of an assembly as text, one member a line.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Writes it.</summary>
    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => !Assemblies.IsGenerated(type)).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type, full: true)).Append(Bases(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
                text.Append("  ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsSubclassOf(typeof(Delegate)))
            return "delegate";
        if (type.IsValueType)
            return (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct";
        return (type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class";
    }

    private static bool IsReadOnly(Type type) => type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute");

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return " : " + Name(Enum.GetUnderlyingType(type));
        var names = type.GetInterfaces().Select(face => Name(face)).Order(StringComparer.Ordinal).ToList();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
            names.Insert(0, Name(parent));
        return names.Count == 0 ? "" : " : " + string.Join(", ", names);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        return type.GetMembers(Declared).Where(member => !Assemblies.IsGenerated(member)).Select(Member).OfType<string>();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo field when IsVisible(field) => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}"
            + (field.IsLiteral ? $" = {field.GetRawConstantValue()}" : ""),
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        PropertyInfo property when Accessor(property.GetMethod, "get") + Accessor(property.SetMethod, "set") is { Length: > 0 } accessors =>
            $"{(property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)}{Null(property)} {property.Name} {{ {accessors}}}",
        EventInfo happening when IsVisible(happening.AddMethod!) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) => Method(method),
        MethodInfo { IsSpecialName: true } method when IsVisible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) => Method(method),
        _ => null,
    };

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(type => type.Name))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}{Null(method.ReturnParameter)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var kind = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        return $"{kind}{Name(parameter.ParameterType)}{Null(parameter)} {parameter.Name}{(parameter.IsOptional ? " = default" : "")}";
    }));

    private static string Accessor(MethodInfo? method, string name) => method is not null && IsVisible(method) ? name + "; " : "";

    private static string Null(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef && Nullability.Create(parameter).ReadState == NullabilityState.Nullable ? "?" : "";

    private static string Null(PropertyInfo property) =>
        !property.PropertyType.IsValueType && !property.PropertyType.IsByRef && Nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static string Name(Type type, bool full = false)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        var name = full ? type.FullName! : type.Name;
        if (!type.IsGenericType)
            return name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return $"{(tick < 0 ? name : name[..tick])}<{string.Join(", ", type.GetGenericArguments().Select(argument => Name(argument)))}>";
    }
}

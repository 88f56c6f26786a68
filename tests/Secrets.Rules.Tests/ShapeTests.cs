using System.Reflection;
using System.Runtime.CompilerServices;

namespace Secrets.Rules.Tests;

/// <summary>What the types of the core must look like, so that keys can't be printed, compared or copied by accident.</summary>
public sealed class ShapeTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Argument lists in class form: what they point at belongs to their caller.</summary>
    private static readonly string[] Lenders = ["Secrets.Store.StoreContents"];

    [Fact]
    public void The_core_has_no_records()
    {
        // a record prints its fields
        var records = Assemblies.OfCore.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetMethod("PrintMembers", Declared) is not null || type.GetMethod("<Clone>$", Declared) is not null);

        Faults.None("The core has no records. Not so:", records);
    }

    [Fact]
    public void No_public_signature_of_the_core_has_a_byte_array()
    {
        var faults = Assemblies.OfCore.SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(type => type.GetMembers(Declared))
            .Where(member => Signature(member).Any(HasByteArray))
            .Select(member => $"{member.DeclaringType}.{member.Name}");

        Faults.None("No public signature of the core has a byte array. Not so:", faults);
    }

    [Fact]
    public void A_struct_around_an_inline_array_has_its_own_equality()
    {
        // the default one throws
        var faults = Assemblies.Types().Where(type => type.IsValueType && !type.IsByRefLike && !type.IsDefined(typeof(InlineArrayAttribute)))
            .Where(type => type.GetFields(Declared).Any(field => !field.IsStatic && field.FieldType.IsDefined(typeof(InlineArrayAttribute))))
            .Where(type => type.GetMethod(nameof(Equals), Declared, [typeof(object)]) is null || type.GetMethod(nameof(GetHashCode), Declared, []) is null);

        Faults.None("A struct around an inline array has its own equality. Not so:", faults);
    }

    [Fact]
    public void The_text_of_a_key_is_the_name_of_its_type()
    {
        var keys = Assemblies.Types(Assemblies.OfCore.Append(Assembly.Load("Secrets.Store")).Append(Assembly.Load("Secrets.Stack")))
            .Where(type => type is { IsAbstract: false, IsEnum: false, IsByRefLike: false, ContainsGenericParameters: false, IsNestedPrivate: false })
            .Where(HoldsBytes)
            .ToList();
        var faults = keys.Where(type => !Text(type).EndsWith(type.Name, StringComparison.Ordinal)).Select(type => $"{type} says {Text(type)}");

        Assert.NotEmpty(keys);
        Faults.None("The text of a key is the name of its type. Not so:", faults);
    }

    [Fact]
    public void A_class_that_holds_secret_bytes_can_wipe_them()
    {
        var faults = Assemblies.Types()
            .Where(type => type.IsClass && type.GetFields(Declared).Any(field => !field.IsStatic && field.FieldType.Name == "SecretBuffer"))
            .Where(type => !typeof(IDisposable).IsAssignableFrom(type) && !typeof(IAsyncDisposable).IsAssignableFrom(type))
            .Where(type => type.GetMethod("Wipe", Declared, []) is null && !Lenders.Contains(type.FullName, StringComparer.Ordinal));

        Faults.None("A class that holds secret bytes can wipe them. Not so:", faults);
    }

    [Fact]
    public void Nothing_shows_its_bytes_to_a_debugger()
    {
        var faults = Assemblies.Types(Assemblies.OfCore)
            .Where(type => type.IsDefined(typeof(System.Diagnostics.DebuggerDisplayAttribute), inherit: false));

        Faults.None("Nothing shows its bytes to a debugger. Not so:", faults);
    }

    [Fact]
    public void An_error_enum_starts_at_none()
    {
        var faults = Assemblies.Types().Where(type => type.IsEnum && type.Name.EndsWith("Error", StringComparison.Ordinal))
            .Where(type => Enum.GetName(type, Enum.ToObject(type, 0)) != "None");

        Faults.None("An error enum starts at none. Not so:", faults);
    }

    private static bool HoldsBytes(Type type) =>
        type.GetFields(Declared).Any(field => !field.IsStatic
            && (field.FieldType.Name == "SecretBuffer" || field.FieldType.IsDefined(typeof(InlineArrayAttribute))));

    private static string Text(Type type) => RuntimeHelpers.GetUninitializedObject(type).ToString() ?? "";

    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: false, IsFamily: false, IsFamilyOrAssembly: false } => [],
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        MethodBase constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo { IsPublic: true } field => [field.FieldType],
        _ => [],
    };

    private static bool HasByteArray(Type type) =>
        type == typeof(byte[])
        || (type.HasElementType && HasByteArray(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(HasByteArray));
}

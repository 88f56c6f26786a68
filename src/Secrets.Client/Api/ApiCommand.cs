using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Secrets.Client.Api;

/// <summary>One command: its name, what it takes and gives, and what it does with a target.</summary>
/// <typeparam name="TTarget">What it works on: a client, or a host with several identities.</typeparam>
public sealed class ApiCommand<TTarget>
{
    private readonly Func<TTarget, ApiRequest, CancellationToken, ValueTask<ApiReply>> _run;

    private ApiCommand(string name, string teaches, JsonTypeInfo arguments, Type? result, ApiBytes bytes, Func<TTarget, ApiRequest, CancellationToken, ValueTask<ApiReply>> run)
    {
        Name = name;
        Teaches = teaches;
        Arguments = arguments.Type;
        Fields = [.. arguments.Properties.Select(static property => property.Name)];
        Result = result;
        Bytes = bytes;
        _run = run;
    }

    /// <summary>The name, with a dot between subject and verb.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence for whoever writes a program that calls it.</summary>
    public string Teaches { get; }

    /// <summary>The type whose JSON the command takes.</summary>
    public Type Arguments { get; }

    /// <summary>The names of the JSON object that it takes.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The type whose JSON it gives; null if it gives nothing.</summary>
    public Type? Result { get; }

    /// <summary>Whether there are bytes beside the JSON.</summary>
    public ApiBytes Bytes { get; }

    /// <summary>Runs it. Throws what the target throws, and <see cref="JsonException"/> for arguments that can't be read.</summary>
    public ValueTask<ApiReply> RunAsync(TTarget target, ApiRequest request, CancellationToken cancellationToken) => _run(target, request, cancellationToken);

    /// <summary>A command that gives a result.</summary>
    internal static ApiCommand<TTarget> Gives<TArguments, TResult>(string name, string teaches, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<TTarget, TArguments, CancellationToken, ValueTask<TResult>> run) =>
        new(name, teaches, arguments, typeof(TResult), ApiBytes.None, async (target, request, cancellationToken) => new ApiReply
        {
            Result = JsonSerializer.Serialize(await run(target, Read(request, arguments), cancellationToken).ConfigureAwait(false), result),
        });

    /// <summary>A command that gives nothing.</summary>
    internal static ApiCommand<TTarget> Does<TArguments>(string name, string teaches, JsonTypeInfo<TArguments> arguments, Func<TTarget, TArguments, CancellationToken, ValueTask> run) =>
        new(name, teaches, arguments, null, ApiBytes.None, async (target, request, cancellationToken) =>
        {
            await run(target, Read(request, arguments), cancellationToken).ConfigureAwait(false);
            return new ApiReply { Result = "null" };
        });

    /// <summary>A command that takes bytes and gives a result.</summary>
    internal static ApiCommand<TTarget> Takes<TArguments, TResult>(string name, string teaches, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<TTarget, TArguments, ReadOnlyMemory<byte>, CancellationToken, ValueTask<TResult>> run) =>
        new(name, teaches, arguments, typeof(TResult), ApiBytes.Taken, async (target, request, cancellationToken) => new ApiReply
        {
            Result = JsonSerializer.Serialize(await run(target, Read(request, arguments), request.Bytes, cancellationToken).ConfigureAwait(false), result),
        });

    /// <summary>A command that gives a result and bytes.</summary>
    internal static ApiCommand<TTarget> GivesBytes<TArguments, TResult>(string name, string teaches, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<TTarget, TArguments, CancellationToken, ValueTask<(TResult Result, ReadOnlyMemory<byte> Bytes)>> run) =>
        new(name, teaches, arguments, typeof(TResult), ApiBytes.Given, async (target, request, cancellationToken) =>
        {
            var (given, bytes) = await run(target, Read(request, arguments), cancellationToken).ConfigureAwait(false);
            return new ApiReply { Result = JsonSerializer.Serialize(given, result), Bytes = bytes };
        });

    private static TArguments Read<TArguments>(ApiRequest request, JsonTypeInfo<TArguments> type) =>
        JsonSerializer.Deserialize(request.Arguments, type) ?? throw new JsonException();
}

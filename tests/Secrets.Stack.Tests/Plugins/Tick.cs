using System.Text.Json.Serialization;

namespace Secrets.Stack.Tests.Plugins;

/// <summary>A type of a plugin's author.</summary>
public sealed record Tick(int Number, string Word);

/// <summary>How it is written as JSON, made when the tests are compiled.</summary>
[JsonSerializable(typeof(Tick))]
internal sealed partial class TickJson : JsonSerializerContext;

using System.Text.Json.Nodes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>What goes into one vector; what comes out is computed.</summary>
internal sealed class SessionVectorCase(string operation, string comment, JsonObject input)
{
    public string Operation { get; } = operation;

    public string Comment { get; } = comment;

    public JsonObject In { get; } = input;
}

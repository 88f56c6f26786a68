namespace Secrets.Client.Api;

/// <summary>Of commands that take nothing.</summary>
internal sealed class NoArguments;

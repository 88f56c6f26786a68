namespace Secrets.Web.Tests.Support;

/// <summary>Tests that have the machine to themselves, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

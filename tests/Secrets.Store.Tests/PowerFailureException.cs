namespace Secrets.Store.Tests;

/// <summary>The end of the process: nothing in the store may catch it and go on.</summary>
public sealed class PowerFailureException : Exception;

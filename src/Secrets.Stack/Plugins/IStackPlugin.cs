namespace Secrets.Stack;

/// <summary>A plugin written as a class: its state, its methods, and <see cref="Build"/>, which lists them.</summary>
public interface IStackPlugin
{
    /// <summary>The plugin of one node.</summary>
    Plugin Build();
}

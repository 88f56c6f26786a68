namespace Secrets.Store;

/// <summary>What a transaction does to facts.</summary>
internal enum FactChangeKind
{
    /// <summary>States a value.</summary>
    Assert,

    /// <summary>Takes one value away.</summary>
    RetractValue,

    /// <summary>Takes all values of an attribute away.</summary>
    RetractAttribute,

    /// <summary>Takes all facts of an entity away.</summary>
    RetractEntity,
}

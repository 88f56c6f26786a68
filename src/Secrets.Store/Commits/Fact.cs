namespace Secrets.Store;

/// <summary>One fact of a commit: an assert (with a value) or a retract (without), and the earlier facts that it takes the place of.</summary>
internal sealed class Fact
{
    public Fact(EntityId entity, AttributeName attribute, FactValue? value, IReadOnlyList<Dot> superseded)
    {
        Entity = entity;
        Attribute = attribute;
        Value = value;
        Superseded = superseded;
    }

    public EntityId Entity { get; }

    public AttributeName Attribute { get; }

    /// <summary>The asserted value; null for a retract.</summary>
    public FactValue? Value { get; }

    /// <summary>The facts that the author had seen and that this one ends.</summary>
    public IReadOnlyList<Dot> Superseded { get; }
}

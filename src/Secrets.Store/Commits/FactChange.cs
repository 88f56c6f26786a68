namespace Secrets.Store;

/// <summary>One change of a transaction, before it is known what it takes the place of.</summary>
internal sealed class FactChange
{
    public FactChange(FactChangeKind kind, EntityId entity, AttributeName attribute, FactValue? value)
    {
        Kind = kind;
        Entity = entity;
        Attribute = attribute;
        Value = value;
    }

    public FactChangeKind Kind { get; }

    public EntityId Entity { get; }

    public AttributeName Attribute { get; }

    public FactValue? Value { get; }
}

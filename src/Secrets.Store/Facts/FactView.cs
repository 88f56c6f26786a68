using System.Diagnostics.CodeAnalysis;

namespace Secrets.Store;

/// <summary>The facts that hold now, in memory: by type, entity and attribute. Any thread may read; what it returns are copies.</summary>
public sealed class FactView
{
    internal FactView()
    {
    }

    /// <summary>The entities of a type that have at least one fact, in order of their UUIDs.</summary>
    public IReadOnlyList<EntityId> Entities(EntityType type) => throw new NotSupportedException();

    /// <summary>True if the entity has at least one fact.</summary>
    public bool Contains(EntityId entity) => throw new NotSupportedException();

    /// <summary>The attributes of an entity that have a value, in order.</summary>
    public IReadOnlyList<AttributeName> Attributes(EntityId entity) => throw new NotSupportedException();

    /// <summary>The value of an attribute; of a set, its first.</summary>
    public bool TryGet(EntityId entity, AttributeName attribute, [NotNullWhen(true)] out FactValue? value) => throw new NotSupportedException();

    /// <summary>All values of a set, in canonical order; of a single attribute, its one.</summary>
    public IReadOnlyList<FactValue> GetAll(EntityId entity, AttributeName attribute) => throw new NotSupportedException();

    /// <summary>Secret values that lost a merge and that nobody has decided about; the next assert that has seen them ends the conflict.</summary>
    public IReadOnlyList<FactVersion> Conflicts(EntityId entity, AttributeName attribute) => throw new NotSupportedException();

    /// <summary>Every value that the attribute ever had, oldest first.</summary>
    public IReadOnlyList<FactVersion> History(EntityId entity, AttributeName attribute) => throw new NotSupportedException();
}

namespace Secrets.Store;

/// <summary>What a purge takes out of a store: of the facts that hold, and of all history.</summary>
/// <remarks>Not for several threads. Spec: docs/protocol/store.md §4.11.</remarks>
public sealed class StorePurge
{
    private readonly HashSet<EntityId> _entities = [];
    private readonly HashSet<(EntityId, AttributeName)> _histories = [];
    private readonly Dictionary<(EntityId, AttributeName), List<FactValue>> _values = [];

    /// <summary>The entity: everything ever said about it, and every value, of whatever entity, that refers to it.</summary>
    public void RemoveEntity(EntityId entity)
    {
        _ = entity.Type.Name;
        _entities.Add(entity);
    }

    /// <summary>The values that the attribute had and that don't hold any more; the ones that hold stay.</summary>
    public void RemoveHistory(EntityId entity, AttributeName attribute)
    {
        Check(entity, attribute);
        _histories.Add((entity, attribute));
    }

    /// <summary>This value, as often as the attribute had it, also if it holds. What it had replaced doesn't come back.</summary>
    public void RemoveValue(EntityId entity, AttributeName attribute, FactValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Check(entity, attribute);
        if (!_values.TryGetValue((entity, attribute), out var values))
            _values.Add((entity, attribute), values = []);
        values.Add(value);
    }

    internal bool Takes(EntityId entity) => _entities.Contains(entity);

    internal bool Takes(EntityId entity, AttributeName attribute, FactVersion version) =>
        Takes(entity)
        || (version.Value.Kind == FactKind.Reference && Takes(version.Value.AsReference()))
        || (!version.IsLive && _histories.Contains((entity, attribute)))
        || (_values.TryGetValue((entity, attribute), out var values) && values.Exists(version.Value.Equals));

    private static void Check(EntityId entity, AttributeName attribute)
    {
        _ = entity.Type.Name;
        _ = attribute.Name;
    }
}

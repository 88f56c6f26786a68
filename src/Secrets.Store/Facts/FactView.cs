using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The facts that hold now, in memory: by type, entity and attribute. Any thread may read; what it returns are copies.</summary>
public sealed class FactView
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EntityType, Dictionary<EntityId, Dictionary<AttributeName, FactCell>>> _types = [];

    internal FactView()
    {
    }

    /// <summary>The entities of a type that have at least one fact, in order of their UUIDs.</summary>
    public IReadOnlyList<EntityId> Entities(EntityType type)
    {
        lock (_gate)
        {
            if (!_types.TryGetValue(type, out var entities))
                return [];
            var live = entities.Where(entity => entity.Value.Values.Any(cell => cell.HasLive)).Select(entity => entity.Key).ToArray();
            Array.Sort(live);
            return live;
        }
    }

    /// <summary>True if the entity has at least one fact.</summary>
    public bool Contains(EntityId entity)
    {
        lock (_gate)
            return Find(entity) is { } cells && cells.Values.Any(cell => cell.HasLive);
    }

    /// <summary>The attributes of an entity that have a value, in order.</summary>
    public IReadOnlyList<AttributeName> Attributes(EntityId entity)
    {
        lock (_gate)
        {
            if (Find(entity) is not { } cells)
                return [];
            var live = cells.Where(cell => cell.Value.HasLive).Select(cell => cell.Key).ToArray();
            Array.Sort(live);
            return live;
        }
    }

    /// <summary>The value of an attribute; of a set, the latest that was added.</summary>
    public bool TryGet(EntityId entity, AttributeName attribute, [NotNullWhen(true)] out FactValue? value)
    {
        lock (_gate)
            value = Find(entity, attribute)?.Winner?.Value;
        return value is not null;
    }

    /// <summary>All values of a set, each once, in canonical order; of a single attribute, its one.</summary>
    public IReadOnlyList<FactValue> GetAll(EntityId entity, AttributeName attribute)
    {
        lock (_gate)
        {
            if (Find(entity, attribute) is not { } cell)
                return [];
            if (!attribute.IsSet)
                return cell.Winner is { } winner ? [winner.Value] : [];
            var values = new List<FactValue>();
            foreach (var value in cell.Live().Select(version => version.Value).Order(Comparer<FactValue>.Create(CommitWriter.CompareValues)))
            {
                if (values.Count == 0 || CommitWriter.CompareValues(values[^1], value) != 0)
                    values.Add(value);
            }
            return values;
        }
    }

    /// <summary>Secret values that lost a merge and that nobody has decided about; the next assert that has seen them ends the conflict.</summary>
    public IReadOnlyList<FactVersion> Conflicts(EntityId entity, AttributeName attribute)
    {
        lock (_gate)
        {
            if (attribute.IsSet || Find(entity, attribute) is not { Winner: { } winner } cell)
                return [];
            return [.. Ordered(cell.Live().Where(version => version.Value.Kind == FactKind.Secret && !version.Value.Equals(winner.Value)))];
        }
    }

    /// <summary>Every value that the attribute ever had, oldest first.</summary>
    public IReadOnlyList<FactVersion> History(EntityId entity, AttributeName attribute)
    {
        lock (_gate)
            return Find(entity, attribute) is { } cell ? [.. Ordered(cell.Versions)] : [];
    }

    /// <summary>The entities that ever, also in what holds no more, had this entity as a value; in order.</summary>
    public IReadOnlyList<EntityId> Referrers(EntityId entity)
    {
        lock (_gate)
        {
            var referrers = Cells().Where(cell => cell.Cell.Versions.Any(version => version.Value.Kind == FactKind.Reference && version.Value.AsReference() == entity))
                .Select(cell => cell.Entity).Distinct().ToArray();
            Array.Sort(referrers);
            return referrers;
        }
    }

    /// <summary>The asserted facts that a purge takes, by commit and place.</summary>
    internal HashSet<(Hash256 Commit, int Place)> Find(StorePurge purge)
    {
        lock (_gate)
            return [.. Cells().SelectMany(cell => cell.Cell.Versions.Where(version => purge.Takes(cell.Entity, cell.Attribute, version))).Select(version => (version.Commit, version.Index))];
    }

    /// <summary>Takes the facts of a purge away, and wipes them.</summary>
    internal void Remove(StorePurge purge)
    {
        lock (_gate)
        {
            // all are chosen before one is wiped: a value that was asked for may be one of those that go
            var gone = Cells().Select(cell => (cell.Cell, Versions: cell.Cell.Versions.Where(version => purge.Takes(cell.Entity, cell.Attribute, version)).ToHashSet()))
                .Where(cell => cell.Versions.Count > 0).ToList();
            foreach (var (cell, versions) in gone)
                cell.Remove(versions);
            foreach (var entities in _types.Values)
            {
                foreach (var entity in entities.Keys.Where(purge.Takes).ToArray())
                    entities.Remove(entity);
            }
        }
    }

    /// <summary>Takes a commit in; in any order, but each once.</summary>
    internal void Apply(Commit commit)
    {
        lock (_gate)
        {
            for (var i = 0; i < commit.Facts.Count; i++)
            {
                var fact = commit.Facts[i];
                var cell = FindOrAdd(fact.Entity, fact.Attribute);
                foreach (var dot in fact.Superseded)
                    cell.End(dot);
                if (fact.Value is not null)
                    cell.Add(new FactVersion(fact.Value, commit.Stamp, commit.PlaceOf(i)));
            }
        }
    }

    /// <summary>The facts of the attribute that hold: what a new fact takes the place of.</summary>
    internal IReadOnlyList<FactVersion> Live(EntityId entity, AttributeName attribute)
    {
        lock (_gate)
            return Find(entity, attribute) is { } cell ? [.. cell.Live()] : [];
    }

    /// <summary>Wipes every secret value.</summary>
    internal void Wipe()
    {
        lock (_gate)
        {
            foreach (var version in _types.Values.SelectMany(entities => entities.Values).SelectMany(cells => cells.Values).SelectMany(cell => cell.Versions))
                version.Value.Wipe();
        }
    }

    private IEnumerable<(EntityId Entity, AttributeName Attribute, FactCell Cell)> Cells() =>
        _types.Values.SelectMany(entities => entities).SelectMany(entity => entity.Value.Select(cell => (entity.Key, cell.Key, cell.Value)));

    private static IEnumerable<FactVersion> Ordered(IEnumerable<FactVersion> versions) => versions.Order(Comparer<FactVersion>.Create(FactVersion.Compare));

    private Dictionary<AttributeName, FactCell>? Find(EntityId entity) =>
        _types.TryGetValue(entity.Type, out var entities) && entities.TryGetValue(entity, out var cells) ? cells : null;

    private FactCell? Find(EntityId entity, AttributeName attribute) =>
        Find(entity) is { } cells && cells.TryGetValue(attribute, out var cell) ? cell : null;

    private FactCell FindOrAdd(EntityId entity, AttributeName attribute)
    {
        if (!_types.TryGetValue(entity.Type, out var entities))
            _types.Add(entity.Type, entities = []);
        if (!entities.TryGetValue(entity, out var cells))
            entities.Add(entity, cells = new(2));
        if (!cells.TryGetValue(attribute, out var cell))
            cells.Add(attribute, cell = new FactCell());
        return cell;
    }
}

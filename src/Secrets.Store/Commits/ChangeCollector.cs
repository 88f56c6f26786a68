namespace Secrets.Store;

/// <summary>Turns a transaction's changes into facts: in their order, the later change of a cell wins.</summary>
internal sealed class ChangeCollector
{
    private readonly FactView _view;
    private readonly Dictionary<(EntityId, AttributeName), Cell> _cells = [];

    public ChangeCollector(FactView view) => _view = view;

    /// <summary>The facts of the changes, by part and sorted.</summary>
    public (Fact[] Signed, Fact[] Unsigned) Collect(IReadOnlyList<FactChange> changes)
    {
        foreach (var change in changes)
            Take(change);
        var facts = new List<Fact>();
        foreach (var ((entity, attribute), cell) in _cells)
            cell.AddFacts(entity, attribute, facts);
        return (CommitWriter.Sort(facts.Where(fact => fact.Attribute.Part == StorePart.Signed)),
            CommitWriter.Sort(facts.Where(fact => fact.Attribute.Part == StorePart.Unsigned)));
    }

    private void Take(FactChange change)
    {
        if (change.Kind == FactChangeKind.RetractEntity)
        {
            foreach (var attribute in _view.Attributes(change.Entity))
                CellOf(change.Entity, attribute).Clear();
            foreach (var ((entity, _), cell) in _cells)
            {
                if (entity == change.Entity)
                    cell.Clear();
            }
            return;
        }
        var own = CellOf(change.Entity, change.Attribute);
        switch (change.Kind)
        {
            case FactChangeKind.Assert:
                if (!change.Attribute.IsSet)
                    own.Clear();
                own.Add(change.Value!);
                break;
            case FactChangeKind.RetractValue:
                own.Remove(change.Value!);
                break;
            case FactChangeKind.RetractAttribute:
                own.Clear();
                break;
            case FactChangeKind.RetractEntity:
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Cell CellOf(EntityId entity, AttributeName attribute)
    {
        if (!_cells.TryGetValue((entity, attribute), out var cell))
            _cells.Add((entity, attribute), cell = new Cell(_view.Live(entity, attribute)));
        return cell;
    }

    private sealed class Cell
    {
        private readonly IReadOnlyList<FactVersion> _live;
        private readonly HashSet<FactVersion> _ended = [];
        private readonly List<FactValue> _added = [];

        public Cell(IReadOnlyList<FactVersion> live) => _live = live;

        public void Clear()
        {
            _added.Clear();
            _ended.UnionWith(_live);
        }

        public void Add(FactValue value)
        {
            Remove(value);
            _added.Add(value);
        }

        public void Remove(FactValue value)
        {
            _added.RemoveAll(value.Equals);
            _ended.UnionWith(_live.Where(version => version.Value.Equals(value)));
        }

        public void AddFacts(EntityId entity, AttributeName attribute, List<Fact> facts)
        {
            var ended = _ended.Select(version => version.Dot).Distinct().ToList();
            foreach (var value in _added)
            {
                // the one value of a single attribute ends all others, a set's only its equals
                var own = attribute.IsSet
                    ? ended.Where(dot => _ended.Any(version => version.Value.Equals(value) && version.Dot.Equals(dot))).ToArray()
                    : [.. ended];
                ended.RemoveAll(own.Contains);
                facts.Add(new Fact(entity, attribute, value, own));
            }
            if (ended.Count > 0)
                facts.Add(new Fact(entity, attribute, null, ended));
        }
    }
}

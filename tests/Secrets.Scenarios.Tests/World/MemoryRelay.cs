using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A relay without a network or a disk, with the rules of a real one: the same policy, the same bells.</summary>
internal sealed class MemoryRelay
{
    private static readonly TimeSpan BellInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(21);

    private readonly World _world;
    private readonly Ed25519PrivateKey _key;
    private readonly ITimer _ringing;
    private readonly List<Bell> _bells = [];
    private BellBuilder _bell;
    private bool _isBellDue;

    public MemoryRelay(World world, int number)
    {
        _world = world;
        _key = Ed25519PrivateKey.Generate(world.Random);
        Id = RelayId.FromKey(_key.PublicKey);
        _ = StackEndpoint.TryCreate(StackTransport.Tcp, $"relay{number}.example", 7401, "/", out var endpoint);
        Address = new MultiserverAddress(_key.PublicKey, endpoint!).ToString();
        _bell = NewBell();
        _ringing = world.Time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What it says of a TURN server.</summary>
    public ReadOnlyMemory<byte> Turn { get; set; }

    public Lock Gate { get; } = new();

    public RelayId Id { get; }

    public string Address { get; }

    /// <summary>False while it is switched off.</summary>
    public bool IsUp { get; private set; } = true;

    public RelayBehaviour Behaviour { get; set; } = new();

    public Dictionary<BoxAddress, StoredBytes> Boxes { get; private set; } = [];

    public List<WorldLink> Links { get; } = [];

    public int Connections { get; private set; }

    /// <summary>What it has heard: every request cell, in order.</summary>
    public List<byte[]> Heard { get; } = [];

    public Ed25519PrivateKey Key => _key;

    public WorldRandom Random => _world.Random;

    public WorldLink Connect(Person person)
    {
        lock (Gate)
        {
            Connections++;
            var link = new WorldLink(this, person);
            Links.Add(link);
            return link;
        }
    }

    /// <summary>Gone without a word; what it has stays on its disk.</summary>
    public void Kill()
    {
        IsUp = false;
        Disconnect();
    }

    /// <summary>Starts again with its data; its bells begin anew.</summary>
    public void Start()
    {
        lock (Gate)
        {
            _bells.Clear();
            _bell = NewBell();
            _isBellDue = false;
        }
        IsUp = true;
    }

    /// <summary>An older state of its data comes back.</summary>
    public void RollBackTo(Dictionary<BoxAddress, StoredBytes> boxes) => Boxes = new(boxes);

    /// <summary>Loses one box without a word.</summary>
    public void Forget(BoxAddress address)
    {
        lock (Gate)
            _ = Boxes.Remove(address);
    }

    public void Disconnect()
    {
        WorldLink[] links;
        lock (Gate)
            links = [.. Links];
        foreach (var link in links)
            link.Close();
    }

    /// <summary>The right answer to a request cell; empty if a real relay would close the connection.</summary>
    public byte[] AnswerHonestly(ReadOnlySpan<byte> cell)
    {
        if (BoxRequest.TryRead(cell, out var request) != CellError.None)
            return [];
        lock (Gate)
        {
            if (!BoxPolicy.Verify(request))
                return Status(BoxStatus.Refused, request, default);
            var there = Boxes.TryGetValue(request.Address, out var kept) && _world.Time.Steady - kept.Since < KeptFor ? kept : null;
            var stored = there is null ? default : StoredBox.Of(there.Class, there.Signature, there.Payload);
            return request.Operation == BoxOperation.Read ? Read(request, stored) : Change(request, stored);
        }
    }

    /// <summary>The bells after a number, as the relay still has them.</summary>
    public IReadOnlyList<Bell> BellsAfter(ulong number)
    {
        lock (Gate)
            return number == 0 ? [] : [.. _bells.Where(b => b.Number > number)];
    }

    private byte[] Read(in BoxRequest request, in StoredBox stored)
    {
        var status = BoxPolicy.DecideRead(request.Class, stored);
        return status == BoxStatus.Ok ? Box(status, request, stored) : Status(status, request, status == BoxStatus.Deleted ? stored.Signature : default);
    }

    private byte[] Change(in BoxRequest request, in StoredBox stored)
    {
        switch (BoxPolicy.Decide(request, stored))
        {
            case BoxDecision.Store or BoxDecision.Renew:
                Boxes[request.Address] = new StoredBytes(request.Class, request.Signature, request.Operation == BoxOperation.Delete ? [] : request.Body.ToArray(), _world.Time.Steady);
                Announce(request.Address);
                return Status(BoxStatus.Ok, request, request.Operation == BoxOperation.Delete ? request.Signature : default);
            case BoxDecision.AnswerOccupied:
                return Box(BoxStatus.Occupied, request, stored);
            case BoxDecision.AnswerDeleted:
                return Status(BoxStatus.Deleted, request, stored.Signature);
            case BoxDecision.Refuse:
                return Status(BoxStatus.Refused, request, default);
            default:
                throw new InvalidOperationException("An unknown decision.");
        }
    }

    private static byte[] Box(BoxStatus status, in BoxRequest request, in StoredBox stored)
    {
        var answer = new byte[request.Class.CellSize];
        BoxAnswer.WriteBox(answer, status, request.Class, request.Address, stored.Signature, stored.Payload);
        return answer;
    }

    public byte[] Status(BoxStatus status, in BoxRequest request, in Ed25519Signature signature)
    {
        var answer = new byte[BoxAnswer.GetLength(request.Class, request.AllowsShortAnswer, hasBody: false)];
        BoxAnswer.WriteStatus(answer, status, request.Class, request.Address, signature, _world.Random);
        return answer;
    }

    private BellBuilder NewBell() => new(Id, (ulong)_world.Time.Steady.ToUnixTimeSeconds(), default, _world.Random);

    private void Announce(in BoxAddress address)
    {
        _ = _bell.TryAdd(address);
        if (_isBellDue)
            return;
        _isBellDue = true;
        _ = _ringing.Change(BellInterval, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        Bell bell;
        WorldLink[] links;
        lock (Gate)
        {
            if (!_isBellDue || !IsUp)
                return;
            _isBellDue = false;
            bell = _bell.Ring(_key);
            _bells.Add(bell);
            links = [.. Links];
        }
        foreach (var link in links)
            link.Hear(bell);
    }
}

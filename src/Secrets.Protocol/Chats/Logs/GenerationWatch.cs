using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Watches the generation of one channel's writer: it may only rise with the message numbers, in whatever order they come.</summary>
/// <remarks>A disk image or a copied profile that is started again shows here (decision 14, E-11). Spec: docs/protocol/chats.md §4.9.</remarks>
public sealed class GenerationWatch
{
    /// <summary>Most generations that are remembered; older ones become the floor.</summary>
    public const int MaxSteps = 32;

    private const byte StateVersion = 1;
    private const int StepSize = sizeof(uint) + (2 * sizeof(ulong)); // generation, lowest and highest number

    private readonly List<Step> _steps = [];

    /// <summary>A watch for a new channel.</summary>
    /// <param name="floor">The generation of the message that named the channel: no message in it can be older.</param>
    public GenerationWatch(uint floor) => Floor = floor;

    /// <summary>The lowest generation that can still come.</summary>
    public uint Floor { get; private set; }

    /// <summary>The highest generation seen, or the floor.</summary>
    public uint Highest => _steps.Count == 0 ? Floor : _steps[^1].Generation;

    /// <summary>Takes the generation of a message.</summary>
    public GenerationFinding Observe(ulong number, uint generation)
    {
        if (generation < Floor)
            return GenerationFinding.WentBack;
        foreach (var step in _steps)
        {
            var isBack = (step.Generation < generation && step.High >= number) || (step.Generation > generation && step.Low <= number);
            if (isBack)
                return GenerationFinding.WentBack;
        }

        var at = _steps.FindIndex(s => s.Generation >= generation);
        if (at >= 0 && _steps[at].Generation == generation)
            _steps[at] = new Step(generation, Math.Min(_steps[at].Low, number), Math.Max(_steps[at].High, number));
        else
            _steps.Insert(at < 0 ? _steps.Count : at, new Step(generation, number, number));
        if (_steps.Count > MaxSteps)
        {
            _steps.RemoveAt(0);
            Floor = _steps[0].Generation;
        }

        return GenerationFinding.InOrder;
    }

    /// <summary>Writes version (1) ‖ floor (4) ‖ count (1) ‖ steps: generation (4), lowest (8), highest number (8).</summary>
    public ReadOnlyMemory<byte> WriteState()
    {
        var bytes = new byte[1 + sizeof(uint) + 1 + (_steps.Count * StepSize)];
        var writer = new WireWriter(bytes);
        writer.WriteByte(StateVersion);
        writer.WriteUInt32(Floor);
        writer.WriteByte((byte)_steps.Count);
        foreach (var step in _steps)
        {
            writer.WriteUInt32(step.Generation);
            writer.WriteUInt64(step.Low);
            writer.WriteUInt64(step.High);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out GenerationWatch? watch)
    {
        watch = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version))
            return MessageError.Truncated;
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        if (!reader.TryReadUInt32(out var floor) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count > MaxSteps)
            return MessageError.OutOfRange;
        var read = new GenerationWatch(floor);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt32(out var generation) || !reader.TryReadUInt64(out var low) || !reader.TryReadUInt64(out var high))
                return MessageError.Truncated;
            var follows = i == 0 ? generation >= floor : generation > read._steps[i - 1].Generation && low > read._steps[i - 1].High;
            if (!follows || low > high)
                return MessageError.OutOfRange;
            read._steps.Add(new Step(generation, low, high));
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        watch = read;
        return MessageError.None;
    }

    private readonly struct Step(uint generation, ulong low, ulong high)
    {
        public uint Generation { get; } = generation;

        public ulong Low { get; } = low;

        public ulong High { get; } = high;
    }
}

namespace Secrets.Fuzz;

/// <summary>Feeds one input to a decoder: true if it was accepted, false if it was refused by a value that its enum has.</summary>
internal delegate bool TargetBody(ReadOnlySpan<byte> input);

using Secrets.Transport.Tests.Support;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>The files in vectors/boxes: every case is run from its inputs and compared; states stored by version 1 load for ever (E-24).</summary>
public sealed class VectorTests
{
    private const string Source = "tests/Secrets.Transport.Tests, SECRETS_WRITE_VECTORS=1";

    [Fact]
    public void Bacap() => VectorFile.Check("boxes", "bacap.json", "docs/protocol/boxes.md#4",
        "the values published with BACAP (arXiv 2501.02933), for the parts that are the same here", 14, VectorCases.Bacap, VectorRunner.Run);

    [Fact]
    public void Capabilities_and_boxes() => VectorFile.Check("boxes", "boxes.json", "docs/protocol/boxes.md#3", Source, 39, VectorCases.Boxes, VectorRunner.Run);

    [Fact]
    public void Cells() => VectorFile.Check("boxes", "cells.json", "docs/protocol/boxes.md#3", Source, 33, VectorCases.Cells, VectorRunner.Run);

    [Fact]
    public void Bells_and_manifests() => VectorFile.Check("boxes", "bells.json", "docs/protocol/boxes.md#3", Source, 17, VectorCases.Bells, VectorRunner.Run);
}

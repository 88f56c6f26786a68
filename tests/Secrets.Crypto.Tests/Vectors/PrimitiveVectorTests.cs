using System.Text.Json.Nodes;

namespace Secrets.Crypto.Tests.Vectors;

public sealed class PrimitiveVectorTests
{
    private const string WriteSwitch = "SECRETS_WRITE_VECTORS";

    [Theory]
    [InlineData("hash", 10)]
    [InlineData("key-derivation", 11)]
    [InlineData("sealing", 13)]
    [InlineData("stream", 7)]
    [InlineData("curve", 41)]
    [InlineData("ml-kem", 6)]
    [InlineData("random", 2)]
    public async Task Every_case_of_the_file_comes_out_as_written(string name, int count)
    {
        var generated = await VectorFile.GenerateAsync(name, PrimitiveVectors.Files[name]);
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(VectorFile.PathOf(name))!);
            await File.WriteAllTextAsync(VectorFile.PathOf(name), generated, TestContext.Current.CancellationToken);
        }

        var cases = VectorFile.ReadCases(name);
        Assert.Equal(count, cases.Count);
        foreach (var entry in cases.Select(c => c!.AsObject()))
        {
            var (expect, output) = await PrimitiveOperations.RunAsync((string)entry["operation"]!, entry["in"]!.AsObject());
            Assert.True((string?)entry["expect"] == expect, (string?)entry["id"]);
            Assert.True(JsonNode.DeepEquals(entry["out"], output), (string?)entry["id"]);
        }
        Assert.Equal(generated, await File.ReadAllTextAsync(VectorFile.PathOf(name), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_operation_has_a_case_and_every_file_a_test()
    {
        var operations = PrimitiveVectors.Files.Values.SelectMany(inputs => inputs).Select(i => i.Operation).ToHashSet();
        Assert.Equal(PrimitiveOperations.Names.ToHashSet(), operations);
        var files = Directory.GetFiles(Path.GetDirectoryName(VectorFile.PathOf("x"))!, "*.json").Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(PrimitiveVectors.Files.Keys.ToHashSet(), files.ToHashSet()!);
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The files of vectors/sessions: every public operation, run again from its inputs. SECRETS_WRITE_VECTORS=1 writes them anew.</summary>
public sealed class SessionVectorsTests
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("secrets", 14)]
    [InlineData("offers", 10)]
    [InlineData("meeting", 4)]
    [InlineData("agreement", 11)]
    [InlineData("messages", 11)]
    [InlineData("states", 8)]
    [InlineData("verification", 4)]
    public void Every_case_of_the_file_gives_what_it_says(string name, int count)
    {
        var path = Path.Combine(Folder(), name + ".json");
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_VECTORS") == "1")
            File.WriteAllText(path, Write(name, SessionVectorCases.Of(name)));

        var file = JsonNode.Parse(File.ReadAllText(path))!;
        var cases = file["cases"]!.AsArray();

        Assert.Equal("sessions", (string?)file["layer"]);
        Assert.Equal(count, cases.Count);
        Assert.Equal(count, cases.Select(item => (string?)item!["id"]).Distinct().Count());
        foreach (var item in cases)
        {
            var output = new JsonObject();
            var expect = SessionVectorOperations.Run((string)item!["operation"]!, item["in"]!.AsObject(), output);
            var id = (string?)item["id"];
            Assert.Equal((id, (string?)item["expect"]), (id, expect));
            Assert.Equal((id, item["out"]!.ToJsonString(Compact)), (id, output.ToJsonString(Compact)));
        }
    }

    [Fact]
    public void The_files_are_what_the_cases_of_today_give()
    {
        // an old case is never edited; new ones are added at the end of the lists
        foreach (var path in Directory.GetFiles(Folder(), "*.json"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Assert.Equal(File.ReadAllText(path), Write(name, SessionVectorCases.Of(name)));
        }
    }

    private static string Write(string name, IReadOnlyList<SessionVectorCase> cases)
    {
        var text = new StringBuilder();
        _ = text.Append("{\n  \"layer\": \"sessions\",\n  \"spec\": \"docs/protocol/sessions.md\",\n  \"version\": 1,\n  \"source\": \"tests/Secrets.Protocol.Tests/Sessions\",\n  \"cases\": [\n");
        for (var i = 0; i < cases.Count; i++)
        {
            var output = new JsonObject();
            var expect = SessionVectorOperations.Run(cases[i].Operation, cases[i].In, output);
            var item = new JsonObject
            {
                ["id"] = $"{name}-{i + 1:D3}",
                ["operation"] = cases[i].Operation,
                ["comment"] = cases[i].Comment,
                ["in"] = cases[i].In.DeepClone(),
                ["expect"] = expect,
                ["out"] = output,
            };
            _ = text.Append("    ").Append(item.ToJsonString(Compact)).Append(i + 1 < cases.Count ? ",\n" : "\n");
        }
        return text.Append("  ]\n}\n").ToString();
    }

    private static string Folder([CallerFilePath] string source = "")
    {
        // the compiler maps the root of the tree to "/_/", so the folder is looked for from where the test runs
        _ = source;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var vectors = Path.Combine(folder.FullName, "vectors");
            if (File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
                return Directory.CreateDirectory(Path.Combine(vectors, "sessions")).FullName;
        }
        throw new DirectoryNotFoundException("The root of the tree was not found.");
    }
}

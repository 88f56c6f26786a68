namespace Secrets.Rules.Tests;

/// <summary>What the web app and the document know of the client API is what the client says of itself.</summary>
public sealed class ApiDeclarationTests
{
    private const string Declaration = "web/src/core/api.d.ts";

    [Fact]
    public void The_page_knows_the_commands_that_there_are()
    {
        var now = ApiDeclaration.Write();
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_API") == "1")
            File.WriteAllText(Path.Combine(Tree.Root, Declaration), now);

        Assert.True(Tree.Text(Declaration) == now, $"{Declaration} is not what the client's manifest says. If that is meant: SECRETS_WRITE_API=1, run this test, look at the difference, commit it.");
    }

    [Fact]
    public void The_document_of_the_api_has_the_methods_types_and_refusals_that_there_are()
    {
        const string document = "docs/protocol/api.md";
        var now = ApiDocument.Fill(Tree.Text(document));
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_API") == "1")
            File.WriteAllText(Path.Combine(Tree.Root, document), now);

        Assert.True(Tree.Text(document) == now, $"The tables of {document} are not what the code says. If that is meant: SECRETS_WRITE_API=1, run this test, look at the difference, commit it.");
    }
}

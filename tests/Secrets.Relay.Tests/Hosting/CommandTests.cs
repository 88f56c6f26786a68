using Secrets.Crypto;
using Secrets.Relay.Configuration;
using Secrets.Relay.Tests.Support;

namespace Secrets.Relay.Tests.Hosting;

/// <summary>The program's options and words.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Flags_go_before_the_environment_and_that_before_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["relay.json"], """{ "listen": "127.0.0.1:1", "listen-tcp": "127.0.0.1:2", "keep-days": 7, "quota": "2G", "writers": [] /* nobody */ }""");

        var options = Read(
            ["--listen=127.0.0.1:5", "--config", folder["relay.json"]],
            new() { ["SECRETS_RELAY_LISTEN"] = "127.0.0.1:3", ["SECRETS_RELAY_LISTEN_TCP"] = "none", ["SECRETS_RELAY"] = "http://elsewhere" });

        Assert.Equal("127.0.0.1:5", options.Listen!.ToString());
        Assert.Null(options.ListenTcp);
        Assert.Equal(7, options.KeepDays);
        Assert.Equal(2L << 30, options.QuotaBytes);
    }

    [Fact]
    public void Without_options_it_listens_on_the_own_machine_and_keeps_its_data_in_the_data_folder()
    {
        var options = Read([], new() { ["XDG_DATA_HOME"] = "/home/me/data" });

        Assert.Equal("127.0.0.1:7400", options.Listen!.ToString());
        Assert.Equal("127.0.0.1:7401", options.ListenTcp!.ToString());
        Assert.Equal("/home/me/data/secrets/relay", options.DataFolder);
        Assert.Equal(21, options.KeepDays);
    }

    [Theory]
    [InlineData("--listen")]
    [InlineData("--listen", "7400")]
    [InlineData("--listen", "127.0.0.1")]
    [InlineData("--listen", "::1")]
    [InlineData("--keep-days", "0")]
    [InlineData("--quota", "-1")]
    [InlineData("--quota", "99999999T")]
    [InlineData("--rate", "0")]
    [InlineData("--metrics", "some")]
    [InlineData("--turn", "relay.example:3478")]
    [InlineData("--no-such", "1")]
    [InlineData("listen", "1")]
    [InlineData("--config", "/nowhere/relay.json")]
    public void A_mistake_is_named_in_one_line(params string[] arguments)
    {
        Assert.Null(RelayArguments.TryRead(arguments, static _ => null, out var mistake));
        Assert.NotEmpty(mistake);
        Assert.DoesNotContain('\n', mistake);
    }

    [Fact]
    public void Any_configuration_file_is_read_or_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder["relay.json"];
        var valid = """{ "listen": "127.0.0.1:1", "keep-days": 7, "writers": ["00"], "announce": "wss://relay.example", "quota": "2G", "rate": "10/20" }"""u8.ToArray();
        var random = RandomSource.System;
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = valid.ToArray();
            for (var changes = random.Next(6); changes > 0; changes--)
                bytes[random.Next((uint)bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(file, i % 7 == 0 ? bytes[..(int)random.Next((uint)bytes.Length)] : bytes);
            if (RelayArguments.TryRead(["--config", file], static _ => null, out var mistake) is null)
                Assert.NotEmpty(mistake);
        }
        File.WriteAllText(file, """{ "listen": "\ud800" }""");
        Assert.Null(RelayArguments.TryRead(["--config", file], static _ => null, out _));
    }

    [Fact]
    public async Task The_exit_codes_are_those_of_the_guide()
    {
        await using var relay = await TestRelay.StartAsync();
        using var folder = new TemporaryFolder();
        var taken = relay.Host.LocalEndpoint!.ToString();

        Assert.Equal((0, ""), await RunAsync("--help"));
        Assert.Equal((0, ""), await RunAsync("--version"));
        Assert.Equal((0, ""), await RunAsync("--make-pass"));
        Assert.Equal((2, "--nothing: there is no such option; --help lists them\n"), await RunAsync("--nothing", "1"));
        var (code, error) = await RunAsync("--data", folder.Path, "--listen", taken, "--listen-tcp", "none");
        Assert.Equal(1, code);
        Assert.Contains(taken, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option_and_the_program_as_it_is_typed()
    {
        using var output = new StringWriter();

        _ = await RelayCommand.RunAsync(["--help"], output, TextWriter.Null, CancellationToken.None);

        var help = output.ToString();
        Assert.Contains("Usage: secrets relay [OPTION VALUE]...", help, StringComparison.Ordinal);
        Assert.All(RelaySettings.Names, name => Assert.Contains($"--{name} ", help, StringComparison.Ordinal));
    }

    private static RelayOptions Read(string[] arguments, Dictionary<string, string> environment)
    {
        var options = RelayArguments.TryRead(arguments, name => environment.GetValueOrDefault(name), out var mistake);
        Assert.Equal("", mistake);
        return options!;
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await RelayCommand.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, error.ToString());
    }
}

using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Limits;

namespace BuildFunctions.Cli.Tests;

/// <summary>What people are told when something is not as they thought.</summary>
public sealed class MessageTests : BrokerTest
{
    [Theory]
    [InlineData("There is no command 'lgos'. Did you mean 'logs'?", "lgos")]
    [InlineData("There is no command 'prov'. Did you mean 'provenance'?", "prov")]
    [InlineData("There is no command 'lits' of 'tokens'. Did you mean 'list'?", "tokens", "lits")]
    [InlineData("There is no option '--provder' of 'deploy'. Did you mean '--provider'?", "deploy", ".", "--provder=x")]
    [InlineData("There is no command 'nonsense'.", "nonsense")]
    [InlineData("There is no right 'foo'. There are read, trigger, deploy, admin", "tokens", "create", "ci", "--right", "foo")]
    public async Task A_word_that_is_not_known_gets_those_that_are(string said, params string[] arguments)
    {
        Assert.Equal(2, await Bf.InvokeAsync(arguments));
        Assert.Contains(said, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Required command", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_too_large_is_told_with_what_is_large_the_limit_and_where_it_is_set()
    {
        Broker.SourceLimit = 100_000;
        Assert.Equal(3, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains("larger than 0.1 MB", Error, StringComparison.Ordinal);
        Assert.Contains("0.3 MB is src/noise.bin", Error, StringComparison.Ordinal);
        Assert.Contains($"bf config set {LimitName.SourceBytes}", Error, StringComparison.Ordinal);
        Assert.Empty(Broker.Builds);
    }

    [Fact]
    public async Task A_fault_is_said_once()
    {
        Broker.Refusal = new Problem
        {
            Code = ErrorCode.Validation,
            Status = 400,
            Title = "The request is not valid",
            Detail = "'url' is https.",
            Fields = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>("""{"errors":[{"field":"url","message":"'url' is https."}]}"""),
        };
        Assert.Equal(3, await Bf.InvokeAsync(["webhooks", "add", "http://hooks.example/"]));
        Assert.Equal(2, Error.Split("'url' is https.").Length);
    }

    [Fact]
    public async Task The_next_command_names_the_build_it_is_about()
    {
        var id = Built(build => build with { Status = BuildStatus.Success });
        Assert.Equal(3, await Bf.InvokeAsync(["cancel", $"{id}"]));
        Assert.Contains($"bf show {id}", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ID", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_of_no_known_framework_is_not_told_as_unknown()
    {
        var app = Directory.CreateDirectory(Path.Combine(Bf.Folder, "tool")).FullName;
        File.WriteAllText(Path.Combine(app, "make.txt"), "x");
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "tool", "--command", "make site", "--output", "out"]));
        Assert.DoesNotContain("Unknown", Error, StringComparison.Ordinal);
        Assert.Contains("'make site' builds it", Error, StringComparison.Ordinal);
        Assert.Equal(0, await Bf.InvokeAsync(["detect", "tool"]));
        Assert.DoesNotContain("\n  : ", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_has_the_brokers_own_lines_in_words()
    {
        var id = Built();
        Broker.Log = ["\u241E step build 2026-01-01T00:00:00Z\n", "hello\n"];
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}"]));
        Assert.Equal("--- build, 2026-01-01T00:00:00Z ---\nhello\n", Out);
    }

    [Fact]
    public async Task A_warning_of_detection_is_told_once()
    {
        File.WriteAllText(Path.Combine(Bf.Folder, "My Shop", "yarn.lock"), "");
        Broker.Ending = build => build with { Warnings = [.. Error.Split('\n').Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal)).Select(line => line[9..]), "new"] };
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        var warnings = Error.Split('\n').Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal)).ToList();
        Assert.True(warnings.Count > 1, Error);
        Assert.Equal(warnings.Distinct(), warnings);
    }

    [Fact]
    public async Task Explain_speaks_of_an_app_as_of_an_app()
    {
        var id = Built(build => build with { Status = BuildStatus.Failed, Reason = "no" });
        Assert.Equal(0, await Bf.InvokeAsync(["explain", $"{id}"]));
        Assert.StartsWith($"{id}, a build of the app 'shop', failed: no\n", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_that_of_the_whole()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["version"]));
        Assert.Equal($"bf {typeof(Limit).Assembly.GetName().Version!.ToString(3)}\n", Out);
    }

    [Theory]
    [InlineData("100MB", "100000000")]
    [InlineData("00:20:00", "00:20:00")]
    [InlineData("5", "5")]
    public async Task A_limit_is_set_as_people_write_it(string value, string sent)
    {
        Assert.Equal(0, await Bf.InvokeAsync(["config", "set", LimitName.SourceBytes, value]));
        Assert.Equal(sent, Broker.Tokens[LimitName.SourceBytes]);
        Assert.Equal(0, await Bf.InvokeAsync(["config", "unset", LimitName.SourceBytes]));
        Assert.Equal(0, await Bf.InvokeAsync(["config", "limits"]));
        Assert.Contains("sources.maxBytes\t50000000\tdefault\t", Out, StringComparison.Ordinal);
    }
}

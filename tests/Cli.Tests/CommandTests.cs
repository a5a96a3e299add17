using System.Text.Json;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Tests;

public sealed class CommandTests : BrokerTest
{
    [Theory]
    [InlineData("list")]
    [InlineData("build", "list")]
    public async Task List_writes_a_line_a_build(params string[] arguments)
    {
        var id = Built(build => build with { Status = BuildStatus.Success, StartedAt = build.CreatedAt.AddSeconds(9), Duration = 47, Provider = "github" });
        Assert.Equal(0, await Bf.InvokeAsync(arguments));
        var lines = Out.Split('\n');
        Assert.Equal("Build\tApp\tStatus\tDuration\tWaited\tTime\tProvider", lines[0]);
        Assert.Matches($"^{id}\tshop\tsuccess\t47s\t9s\t.* ago\tgithub$", lines[1]);
    }

    [Fact]
    public async Task List_asks_for_what_was_asked()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["list", "--app", "shop", "--status", "failed", "--provider", "a&b", "--limit", "5", "--cursor", "x y"]));
        Assert.Equal("GET /api/builds?limit=5&app=shop&status=failed&provider=a%26b&cursor=x%20y", Broker.Requests.Single());
        Assert.Contains("No builds yet", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_draws_a_table_in_a_terminal()
    {
        Bf.Terminal = true;
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
        Assert.Contains("╭", Out, StringComparison.Ordinal);
        Assert.Contains($"{id}", Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("apps")]
    [InlineData("previews", "shop")]
    [InlineData("rollback", "shop")]
    [InlineData("promote", "shop", "dep_00000000000000000000000000")]
    [InlineData("open", "shop")]
    [InlineData("config", "list")]
    [InlineData("config", "build.default", "github")]
    [InlineData("version")]
    [InlineData("deployments", "shop")]
    [InlineData("repair", "shop")]
    [InlineData("env", "list", "--app", "shop")]
    [InlineData("env", "set", "A=1", "B=2", "--app", "shop")]
    [InlineData("rm", "shop", "--yes")]
    [InlineData("config", "limits")]
    [InlineData("tokens", "list")]
    [InlineData("tokens", "create", "ci", "--right", "trigger")]
    [InlineData("tokens", "revoke", "tok_0123456789abcdef0123", "--force")]
    [InlineData("audit")]
    [InlineData("webhooks", "list")]
    [InlineData("webhooks", "add", "https://hooks.example/x", "--app", "shop", "--event", "build.failed")]
    [InlineData("webhooks", "remove", "whk_00000000000000000000000000")]
    [InlineData("webhooks", "deliveries", "whk_00000000000000000000000000")]
    [InlineData("webhooks", "redeliver", "whk_00000000000000000000000000", "msg_1")]
    [InlineData("webhooks", "test", "whk_00000000000000000000000000")]
    [InlineData("show", "ID")]
    [InlineData("timeline", "ID")]
    [InlineData("explain", "ID")]
    [InlineData("cancel", "ID")]
    [InlineData("build", "cancel", "ID")]
    [InlineData("retry", "ID")]
    [InlineData("detect", "My Shop")]
    public async Task Every_command_writes_one_document_and_words_without_one(params string[] arguments)
    {
        var id = Built();
        var given = arguments.Select(argument => argument == "ID" ? $"{id}" : argument).ToArray();
        Assert.Equal(0, await Bf.InvokeAsync([.. given, "--json"]));
        JsonDocument.Parse(Out);
        Assert.Equal(0, await Bf.InvokeAsync(given));
    }

    [Fact]
    public async Task Cancelling_what_has_ended_says_so()
    {
        var id = Built(build => build with { Status = BuildStatus.Success });
        Assert.Equal(3, await Bf.InvokeAsync(["cancel", $"{id}"]));
        Assert.Contains("it is success", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_why_a_build_failed()
    {
        var id = Built(build => build with
        {
            Status = BuildStatus.Failed,
            Cache = new BuildCacheResult(false, "key", MissedBecause: "package-lock.json changed") { ComparedWith = build.Id, Differences = [new("node", "20", "22"), new("env.API")] },
            Attempts = [new BuildAttempt { Number = 1, Provider = "fly", Outcome = "lost", Reason = "the machine ended", StartedAt = build.CreatedAt }],
            Error = new Problem { Code = ErrorCode.WorkerLost, Status = 500, Title = "lost" },
        });
        Assert.Equal(0, await Bf.InvokeAsync(["explain", $"{id}"]));
        Assert.Contains("It had to be built: package-lock.json changed.", Out, StringComparison.Ordinal);
        Assert.Contains($"  node: '20' is now '22' (since {id})", Out, StringComparison.Ordinal);
        Assert.Contains($"  env.API: changed (since {id})", Out, StringComparison.Ordinal);
        Assert.Contains("Attempt 1 on fly: lost, the machine ended", Out, StringComparison.Ordinal);
        Assert.Contains("provider: local: the default", Out, StringComparison.Ordinal);
        Assert.Contains($"bf retry {id}", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_follows_where_asked()
    {
        var id = Built(build => build with { Status = BuildStatus.Failed });
        Assert.Equal(0, await Bf.InvokeAsync(["retry", $"{id}", "--watch"]));
        Assert.Contains("Build complete", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stdin", "config", "build.github", "--token")]
    [InlineData("stdin", "config", "build.github", "--token", "-")]
    [InlineData("env", "config", "build.github", "--token-env", "GITHUB_TOKEN")]
    [InlineData("argv", "config", "build.github", "--token", "ghp_argv")]
    public async Task A_provider_token_reaches_the_broker_and_nobody_else(string from, params string[] arguments)
    {
        Bf.Input = "ghp_stdin\n";
        Bf.Environment["GITHUB_TOKEN"] = "ghp_env";
        Assert.Equal(0, await Bf.InvokeAsync(arguments));
        Assert.Equal($"ghp_{from}", Broker.Tokens["github"]);
        Assert.DoesNotContain("ghp_", Out + Error, StringComparison.Ordinal);
        Assert.Equal(from == "argv", Error.Contains("others on this machine can see", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_lists_the_exit_codes()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["--help"]));
        Assert.Contains("130  interrupted", Out, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.EndToEnd.Tests.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Commands;

/// <summary>What people do with bf, against the published broker.</summary>
public sealed class CommandTests(CommandFixture fixture) : IClassFixture<CommandFixture>
{
    private Bf Bf => fixture.Bf;

    private BrokerApi Api => fixture.Api;

    [Fact]
    public async Task A_preview_is_promoted_and_rolled_back()
    {
        var app = Open("shop");
        await Bf.DoAsync("deploy", app.Folder);
        app.Write("second");
        var preview = Parse(await Bf.DoAsync("deploy", app.Folder, "--preview", "--json"));
        Assert.Contains("first", await Api.TextAsync(app.Name), StringComparison.Ordinal);
        Assert.Contains("second", await Api.TextAsync($"{app.Name}@{preview.Deployment}"), StringComparison.Ordinal);
        Assert.Contains($"{preview.Deployment}", await Bf.DoAsync("previews", app.Name), StringComparison.Ordinal);

        await Bf.DoAsync("promote", app.Name, $"{preview.Deployment}");
        Assert.Contains("second", await Api.TextAsync(app.Name), StringComparison.Ordinal);
        await Bf.DoAsync("rollback", app.Name);
        Assert.Contains("first", await Api.TextAsync(app.Name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_names_its_step_and_leaves_what_is_live()
    {
        var app = Open("broken");
        await Bf.DoAsync("deploy", app.Folder);
        app.Write("second", exitCode: 3);
        var failed = await Bf.RunAsync("deploy", app.Folder);
        Assert.Equal(1, failed.Code);
        Assert.Equal("", failed.Output);
        Assert.Contains("The step 'build' failed with exit code 3", failed.Error, StringComparison.Ordinal);
        Assert.Contains("first", await Api.TextAsync(app.Name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_build_leaves_no_process()
    {
        var app = new ScriptApp(fixture.Broker.Scratch, "stopped");
        var id = await Bf.DoAsync("deploy", app.Folder, "--detach");
        await Until.TrueAsync("the build runs", () => app.Runs > 0);
        Assert.NotEmpty(RunProcesses.Of(id));

        await Bf.DoAsync("cancel", id);
        var build = await Api.EndOfAsync(id);
        Assert.Equal(BuildStatus.Cancelled, build.Status);
        Assert.Null(build.Deployment);
        Assert.Empty(RunProcesses.Of(id));
        Assert.Equal(8, (await Bf.RunAsync("logs", id, "--follow")).Code);
        Assert.Equal(3, (await Bf.RunAsync("cancel", id)).Code);
    }

    [Fact]
    public async Task A_log_is_followed_to_its_end()
    {
        var app = new ScriptApp(fixture.Broker.Scratch, "followed");
        var id = await Bf.DoAsync("deploy", app.Folder, "--detach");
        var following = Bf.Start("logs", id, "--follow");
        await Until.TrueAsync("the log arrives while the build runs", () => following.Output.Contains("line 150 of 300", StringComparison.Ordinal));
        app.Open();
        var followed = await following.EndAsync();
        Assert.Equal(0, followed.Code);
        Assert.DoesNotContain('\u241E', followed.Output);
        Assert.Equal(
            (await Api.LogAsync(id)).Split('\n').Where(line => !line.StartsWith('\u241E')),
            followed.Output.Split('\n').Where(line => !line.StartsWith("--- ", StringComparison.Ordinal)));
        Assert.Equal(ScriptApp.Lines, followed.Output.Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_build_is_listed_told_and_built_again()
    {
        var app = Open("again");
        var first = Parse(await Bf.DoAsync("deploy", app.Folder, "--json"));
        Assert.Contains($"{first.Id}\t{app.Name}\tsuccess", await Bf.DoAsync("list", "--app", app.Name), StringComparison.Ordinal);
        Assert.Contains("\tlive\t", await Bf.DoAsync("timeline", $"{first.Id}"), StringComparison.Ordinal);

        var second = Parse(await Bf.DoAsync("retry", $"{first.Id}", "--json"));
        Assert.NotEqual(first.Id, second.Id);
        var ended = await Api.EndOfAsync($"{second.Id}");
        Assert.Equal(BuildStatus.Success, ended.Status);
        Assert.Equal(first.Release, ended.Release);
    }

    [Fact]
    public async Task A_repository_is_built_at_its_commit()
    {
        var app = Open("repository");
        var bare = Path.Combine(fixture.Broker.Scratch, "repository.git");
        await GitAsync(app.Folder, "init", "--quiet", "--initial-branch=main");
        await GitAsync(app.Folder, "add", "--all");
        await GitAsync(app.Folder, "-c", "user.name=Test", "-c", "user.email=test@example.invalid", "commit", "--quiet", "--message", "First");
        await GitAsync(app.Folder, "clone", "--quiet", "--bare", app.Folder, bare);
        var commit = (await GitAsync(app.Folder, "rev-parse", "HEAD")).Trim();

        var id = await Bf.DoAsync("build", "--repo", $"file://{bare}", "--ref", "main", "--app", app.Name);
        var build = await Api.EndOfAsync(id);
        Assert.True(build.Status == BuildStatus.Success, build.Error?.Detail);
        Assert.Equal(commit, build.Commit);
        Assert.Equal(1, app.Runs);
        Assert.Null(build.Deployment);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_the_builds_fault()
    {
        var id = await Bf.DoAsync("build", "--repo", $"file://{fixture.Broker.Scratch}/nowhere.git", "--app", "nowhere");
        var build = await Api.EndOfAsync(id);
        Assert.Equal((BuildStatus.Failed, ErrorCode.SourceInvalid), (build.Status, build.Error?.Code));
    }

    private static Build Parse(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.Build)!;

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    private ScriptApp Open(string name) => new(fixture.Broker.Scratch, name, open: true);
}

using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Sources;

public sealed class GitVersionTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private string Asked => Path.Combine(_scratch.Path, "asked");

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("git version 2.37.0")]
    [InlineData("git version 2.39.5 (Apple Git-154)")]
    [InlineData("git version 2.47.1.windows.2")]
    [InlineData("git version 3.0.rc1")]
    public async Task One_that_can_be_told_where_to_connect_is_asked_once(string said)
    {
        var git = new GitVersion(Program(said));

        await git.CheckAsync(CancellationToken.None);
        await git.CheckAsync(CancellationToken.None);

        Assert.Single(await File.ReadAllLinesAsync(Asked));
    }

    [Theory]
    [InlineData("git version 2.36.6")]
    [InlineData("git version 1.99.0")]
    [InlineData("something else")]
    public async Task An_older_one_clones_nothing_and_is_named(string said)
    {
        var source = GitServer.Source(new() { Program = Program(said), Protocols = "file" }, new());

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => source.CloneAsync("file:///nowhere", null, _scratch.Path, null, CancellationToken.None));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains($"git 2.37 or later on the broker's machine; there is '{said}'", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Asked));
    }

    [Fact]
    public async Task A_machine_without_git_says_so()
    {
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => new GitVersion(Path.Combine(_scratch.Path, "none")).CheckAsync(CancellationToken.None));

        Assert.Contains("there is none", refusal.Message, StringComparison.Ordinal);
    }

    private string Program(string said)
    {
        var program = Path.Combine(_scratch.Path, "git");
        File.WriteAllText(program, $"#!/bin/sh\necho \"$*\" >> '{Asked}'\necho '{said}'\n");
        GitServer.Run(_scratch.Path, "chmod 700 git");
        return program;
    }
}

using System.Diagnostics;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Sources;

public sealed class GitSourceTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly GitSource _git = Git(new() { Protocols = "file" });

    [Theory]
    [InlineData(null, "main")]
    [InlineData("feature", "feature")]
    [InlineData("v1", "main")]
    public async Task A_branch_tag_or_the_default_is_checked_out_without_history(string? reference, string content)
    {
        var repo = Repository();

        var commit = await _git.CloneAsync(repo, reference, Target(), null, CancellationToken.None);

        Assert.Equal(40, commit.Length);
        Assert.Equal(content, (await File.ReadAllTextAsync(Path.Combine(Target(), "file.txt"))).Trim());
        Assert.False(Directory.Exists(Path.Combine(Target(), ".git")));
    }

    [Fact]
    public async Task A_commit_id_is_checked_out()
    {
        var repo = Repository();
        var commit = await _git.CloneAsync(repo, "feature", Target(), null, CancellationToken.None);
        Directory.Delete(Target(), true);

        Assert.Equal(commit, await _git.CloneAsync(repo, commit, Target(), null, CancellationToken.None));
    }

    [Fact]
    public async Task A_symlink_in_the_repository_is_a_file_here()
    {
        await _git.CloneAsync(Repository(), null, Target(), null, CancellationToken.None);

        Assert.Null(new FileInfo(Path.Combine(Target(), "link")).LinkTarget);
    }

    [Theory]
    [InlineData("--upload-pack=touch pwned", null)]
    [InlineData("ext::sh -c id", null)]
    [InlineData("http://127.0.0.1/x.git", null)]
    [InlineData("file://user:password@/x", null)]
    [InlineData("file:///x", "--output=x")]
    [InlineData("file:///x", "a..b:c")]
    public async Task A_hostile_url_or_ref_is_refused(string repo, string? reference) =>
        Assert.Equal(ErrorCode.SourceInvalid, (await Assert.ThrowsAsync<RejectedException>(
            () => _git.CloneAsync(repo, reference, Target(), null, CancellationToken.None))).Code);

    [Fact]
    public async Task Local_paths_are_off_unless_asked_for() =>
        await Assert.ThrowsAsync<RejectedException>(() => Git(new()).CloneAsync(Repository(), null, Target(), null, CancellationToken.None));

    [Fact]
    public async Task A_repository_over_the_limit_is_refused_before_its_files_are_written()
    {
        var small = Git(new() { Protocols = "file", Size = 3 });

        var refused = await Assert.ThrowsAsync<RejectedException>(() => small.CloneAsync(Repository(), null, Target(), null, CancellationToken.None));

        Assert.Equal(ErrorCode.SourceTooLarge, refused.Code);
        Assert.False(File.Exists(Path.Combine(Target(), "file.txt")));
    }

    public void Dispose() => _scratch.Dispose();

    private static GitSource Git(GitOptions options) => GitServer.Source(options, new());

    private string Target() => Directory.CreateDirectory(Path.Combine(_scratch.Path, "target")).FullName;

    private string Repository()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_scratch.Path, "repository")).FullName;
        const string Script = """
            set -e
            export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
            git init -q -b main .
            git config uploadpack.allowAnySHA1InWant true
            echo main > file.txt; ln -s /etc/passwd link; git add .; git commit -qm one; git tag v1
            git checkout -q -b feature; echo feature > file.txt; git commit -qam two; git checkout -q main
            """;
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return new Uri(folder).AbsoluteUri;
    }
}

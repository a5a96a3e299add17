using System.Diagnostics;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tests.Logs;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Sources;

/// <summary>Repositories of a few kilobytes that stand for billions of files, and servers that never stop to talk.</summary>
[Collection(LoneCollection.Name)]
public sealed class RepositoryBombTests : IDisposable
{
    // Ten times ten times … of one folder, or of one file.
    private const string Nested = """
        git init -q -b main .
        tree=$({0})
        for level in 1 2 3 4 5 6 7 8 9; do
          tree=$(for i in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\tf%s\n' "$tree" "$i"; done | git mktree)
        done
        git update-ref refs/heads/main "$(git commit-tree -m bomb "$tree")"
        """;

    private readonly ScratchFolder _scratch = new();

    [Theory]
    [InlineData("printf '100644 blob %s\\tempty\\n' \"$(git hash-object -w --stdin </dev/null)\" | git mktree")]
    [InlineData("printf '100644 blob %s\\tfile\\n' \"$(echo x | git hash-object -w --stdin)\" | git mktree")]
    [InlineData("git mktree </dev/null")]
    public async Task A_repository_of_a_billion_entries_is_refused_in_little_memory_before_it_is_checked_out(string leaf)
    {
        Make(Nested.Replace("{0}", leaf, StringComparison.Ordinal));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(new()));

        Assert.Equal(ErrorCode.SourceTooLarge, refusal.Code);
        Assert.Contains("100000 files and folders", refusal.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 50_000_000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        Assert.Equal([".git"], Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Empty_files_and_folders_count_up_to_the_limit_and_not_further()
    {
        Make("git init -q -b main .; mkdir a b; touch a/1 a/2 b/3; git add .; git commit -qm files");

        Assert.Equal(40, (await CloneAsync(new() { Entries = 5 })).Length);
        Directory.Delete(Target, true);
        Assert.Contains("more than 4 files", (await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(new() { Entries = 4 }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_git_that_never_stops_to_talk_fills_no_memory_and_is_ended_at_the_limit()
    {
        // Stands for whatever a server can make git repeat.
        var program = Path.Combine(_scratch.Path, "git");
        File.WriteAllText(program, """
            #!/bin/sh
            case $1 in --version) echo git version 2.47.0; exit ;; esac
            while [ "$1" = -c ]; do shift 2; done
            case $1 in
              init) head -c 300000000 /dev/zero >&2; head -c 300000000 /dev/zero ;;
              ls-tree) echo $$ > ../endless; yes 1 ;;
            esac
            """);
        GitServer.Run(_scratch.Path, "chmod 700 git");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(new() { Program = program }));

        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 50_000_000);
        var pid = File.ReadAllText(Path.Combine(_scratch.Path, "endless")).Trim();
        Assert.True(!File.Exists($"/proc/{pid}/stat") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_no_size_and_has_no_end_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => new GitTreeCheck(new()).ReadAsync(new MemoryStream(new byte[1 << 20]), CancellationToken.None));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
    }

    [Theory]
    [InlineData("1\n\n-\n     7\n", 4, 8)]
    [InlineData("", 0, 0)]
    public async Task Sizes_are_counted_also_where_there_are_none(string list, int entries, int bytes)
    {
        var stream = () => new MemoryStream(System.Text.Encoding.ASCII.GetBytes(list));
        await new GitTreeCheck(new() { Entries = entries, Size = bytes }).ReadAsync(stream(), CancellationToken.None);
        if (entries > 0)
        {
            await Assert.ThrowsAsync<RejectedException>(() => new GitTreeCheck(new() { Entries = entries - 1, Size = bytes }).ReadAsync(stream(), CancellationToken.None));
            await Assert.ThrowsAsync<RejectedException>(() => new GitTreeCheck(new() { Entries = entries, Size = bytes - 1 }).ReadAsync(stream(), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_small_pack_of_a_huge_file_is_refused_before_it_is_checked_out()
    {
        // One object that stands for the same megabyte 256 times, in a pack of a few kilobytes.
        Make("""
            git init -q -b main .
            head -c 1000000 /dev/zero > base; git add base
            i=0; while [ $i -lt 8 ]; do cat base base > next; mv next base; i=$((i+1)); done
            git add base; git commit -qm bomb; git repack -adq --depth=50 --window=50
            """);

        Assert.Equal(ErrorCode.SourceTooLarge, (await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(new() { Size = 64 << 20 }))).Code);
    }

    [Fact]
    public async Task At_most_so_many_are_cloned_at_a_time_and_others_are_told_to_come_back()
    {
        using var go = new SemaphoreSlim(0);
        using var reached = new SemaphoreSlim(0);
        Make("git init -q -b main .; echo x > x; git add x; git commit -qm x");
        await using var server = await GitServer.StartAsync(_scratch.Path, context =>
        {
            if (context.Request.QueryString.Value?.Contains("service", StringComparison.Ordinal) == true)
            {
                reached.Release();
                go.Wait(TimeSpan.FromSeconds(30));
            }

            return false;
        });
        var git = GitServer.Source(new() { Protocols = "http", MaxConcurrent = 2 }, new() { AllowedHosts = [$"http://git.test:{server.Port}"] }, "127.0.0.1");
        Task<string?> Try(int number) => git.TryCloneAsync($"http://git.test:{server.Port}/repository/.git", null, Directory.CreateDirectory(Path.Combine(_scratch.Path, $"{number}")).FullName, null, default);
        var (first, second) = (Try(1), Try(2));
        Assert.True(await reached.WaitAsync(TimeSpan.FromSeconds(30)) && await reached.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Null(await Try(3));
        go.Release(1000);
        Assert.Equal(40, (await first)!.Length);
        Assert.Equal(40, (await second)!.Length);
        Assert.NotNull(await Try(4));
    }

    public void Dispose() => _scratch.Dispose();

    private string Target => Directory.CreateDirectory(Path.Combine(_scratch.Path, "target")).FullName;

    private void Make(string script) => GitServer.Run(Directory.CreateDirectory(Path.Combine(_scratch.Path, "repository")).FullName, script);

    private Task<string> CloneAsync(GitOptions options)
    {
        options.Protocols = "file";
        return GitServer.Source(options, new()).CloneAsync(new Uri(Path.Combine(_scratch.Path, "repository")).AbsoluteUri, null, Target, null, CancellationToken.None);
    }
}

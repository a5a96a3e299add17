using System.Collections.Concurrent;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tests.Outgoing;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Packing;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Tests.Sources;

public sealed class HostileRepositoryTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task Git_connects_to_the_address_that_was_checked()
    {
        Commit("echo one > file.txt");
        await using var server = await GitServer.StartAsync(_scratch.Path);

        // No resolver but the test's knows this name.
        var commit = await CloneAsync(server, "http://git.test:{0}/repository/.git");

        Assert.Equal(40, commit.Length);
        Assert.Equal("one", File.ReadAllText(Path.Combine(Target, "file.txt")).Trim());
    }

    [Fact]
    public async Task Hooks_filters_and_submodules_of_a_repository_are_not_run()
    {
        var proof = Path.Combine(_scratch.Path, "pwned");
        Commit($"""
            mkdir -p .githooks hooks; printf '#!/bin/sh\ntouch {proof}\n' > .githooks/post-checkout; chmod +x .githooks/post-checkout; cp .githooks/post-checkout hooks/
            printf '*.txt filter=evil\n*.bin filter=lfs diff=lfs merge=lfs -text\n' > .gitattributes; echo text > a.txt; echo pointer > b.bin
            printf '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch%% {proof}\n\tupdate = !touch {proof}\n' > .gitmodules
            printf '[core]\n\thooksPath = hooks\n[filter "evil"]\n\tsmudge = touch {proof}\n' > .gitconfig
            mkdir x; git add .; git update-index --add --cacheinfo 160000,$(git hash-object -t tree /dev/null),x
            """);
        await using var server = await GitServer.StartAsync(_scratch.Path);

        await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(server, "http://git.test:{0}/repository/.git"));
        GitServer.Run(Repository, "git rm -q --cached .gitmodules; git commit -qm 'without the option that fsck refuses'");
        Directory.Delete(Target, true);
        await CloneAsync(server, "http://git.test:{0}/repository/.git");

        Assert.Equal("text", File.ReadAllText(Path.Combine(Target, "a.txt")).Trim());
        Assert.Equal("pointer", File.ReadAllText(Path.Combine(Target, "b.bin")).Trim());
        Assert.False(File.Exists(proof));
        Assert.False(Directory.Exists(Path.Combine(Target, ".git")));
    }

    [Fact]
    public async Task Links_of_a_repository_lead_nowhere()
    {
        Commit("ln -s /etc in; ln -s ../../../etc/passwd file; ln -s . self");
        await using var server = await GitServer.StartAsync(_scratch.Path);

        await CloneAsync(server, "http://git.test:{0}/repository/.git");

        Assert.All(new DirectoryInfo(Target).EnumerateFileSystemInfos(), entry => Assert.Null(entry.LinkTarget));
    }

    [Theory]
    [InlineData("head -c 3000000 /dev/urandom > big.bin", "a pack over the limit")]
    [InlineData("head -c 30000000 /dev/zero > bomb.bin", "a small pack of a huge file")]
    public async Task A_repository_over_the_limit_is_cut_off(string make, string what)
    {
        Commit(make);
        await using var server = await GitServer.StartAsync(_scratch.Path);

        var refused = await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(server, "http://git.test:{0}/repository/.git", options: new() { Size = 1 << 20 }));

        Assert.True(refused.Code == ErrorCode.SourceTooLarge, what);
        Assert.True(new DirectoryInfo(Target).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) < 3_000_000);
    }

    [Theory]
    [InlineData("--upload-pack=touch pwned")]
    [InlineData("-c")]
    [InlineData("main\nHEAD")]
    [InlineData("refs/heads/*")]
    [InlineData("a:b")]
    [InlineData("")]
    public async Task A_ref_that_git_would_read_as_something_else_is_refused(string reference) => await RefusedAsync("https://git.test/x.git", reference);

    [Theory]
    [InlineData("ssh://git@git.test/x.git")]
    [InlineData("git@git.test:x.git")]
    [InlineData("git://git.test/x.git")]
    [InlineData("ext::sh -c id")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    [InlineData("../..")]
    [InlineData("--upload-pack=x")]
    [InlineData("https://user:password@git.test/x.git")]
    [InlineData("https://git.test/x.git?service=x")]
    [InlineData("https://git.test/x.git#x")]
    [InlineData("http://git.test/x.git")]
    [InlineData("https://git.test:9418/x.git")]
    [InlineData("https://127.0.0.1/x.git")]
    [InlineData("https://169.254.169.254/latest")]
    public async Task An_address_of_another_kind_is_refused(string repo) => await RefusedAsync(repo, null);

    [Fact]
    public async Task A_refusal_of_ssh_says_what_to_write() => Assert.Contains("https://", (await RefusedAsync("git@github.com:owner/name.git", null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_repository_that_has_moved_is_found_and_its_token_stays_behind()
    {
        Commit("echo one > file.txt");
        ConcurrentQueue<string> seen = [];
        LoopbackServer? server = null;
        await using var _ = server = await GitServer.StartAsync(_scratch.Path, context =>
        {
            seen.Enqueue($"{context.Request.Host.Host}{context.Request.Path} {context.Request.Headers.Authorization}");
            if (!context.Request.Path.StartsWithSegments("/old"))
            {
                return false;
            }

            context.Response.Redirect($"http://moved.test:{server!.Port}/repository/.git{context.Request.Path.Value![4..]}{context.Request.QueryString}");
            return true;
        });

        await CloneAsync(server, "http://git.test:{0}/old", token: "t0ken");

        Assert.StartsWith("git.test/old/info/refs Basic ", seen.First(), StringComparison.Ordinal);
        Assert.All(seen.Skip(1), line => Assert.Matches("^moved.test/repository/.git/[^ ]+ $", line));
        Assert.True(File.Exists(Path.Combine(Target, "file.txt")));
    }

    [Fact]
    public async Task A_redirect_to_an_inner_address_is_not_taken()
    {
        ConcurrentQueue<string> seen = [];
        await using var inner = await LoopbackServer.StartAsync(context =>
        {
            seen.Enqueue(context.Request.Path);
            return Task.CompletedTask;
        });
        await using var server = await GitServer.StartAsync(_scratch.Path, context =>
        {
            context.Response.Redirect($"http://127.0.0.1:{inner.Port}{context.Request.Path}{context.Request.QueryString}");
            return true;
        });

        var refused = await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(server, "http://git.test:{0}/x.git"));

        Assert.Equal(OutgoingGuard.Unreachable, refused.Message);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_redirect_after_the_first_answer_is_not_taken_by_git()
    {
        Commit("echo one > file.txt");
        ConcurrentQueue<string> seen = [];
        await using var inner = await LoopbackServer.StartAsync(context =>
        {
            seen.Enqueue(context.Request.Path);
            return Task.CompletedTask;
        });
        var asked = 0;
        await using var server = await GitServer.StartAsync(_scratch.Path, context =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                return false;
            }

            context.Response.Redirect($"http://127.0.0.1:{inner.Port}{context.Request.Path}{context.Request.QueryString}");
            return true;
        });

        await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(server, "http://git.test:{0}/repository/.git"));

        Assert.True(asked > 1);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_server_of_plain_files_is_no_repository()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync($"{new string('0', 40)}\trefs/heads/main\n"));

        await Assert.ThrowsAsync<RejectedException>(() => CloneAsync(server, "http://git.test:{0}/x.git"));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_at_the_deadline()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        await Assert.ThrowsAsync<TransientException>(() => CloneAsync(server, "http://git.test:{0}/x.git", options: new() { Timeout = TimeSpan.FromMilliseconds(300) }));
    }

    [Fact]
    public async Task What_is_committed_is_packed_although_an_ignore_file_names_it()
    {
        Commit("mkdir dist; echo built > dist/index.html; echo no > secret.txt; printf 'dist\\n' > .gitignore; printf 'secret.txt\\n' > .bfignore; git add -f dist secret.txt");
        await using var server = await GitServer.StartAsync(_scratch.Path);
        await CloneAsync(server, "http://git.test:{0}/repository/.git");
        using var archive = new MemoryStream();

        var packed = Assert.IsType<PackedSource>(await SourcePacker.PackAsync(Target, archive, new() { Committed = true }, CancellationToken.None));

        Assert.Equal(3, packed.Files);
    }

    public void Dispose() => _scratch.Dispose();

    private string Target => Directory.CreateDirectory(Path.Combine(_scratch.Path, "target")).FullName;

    private string Repository => Directory.CreateDirectory(Path.Combine(_scratch.Path, "repository")).FullName;

    private void Commit(string make) => GitServer.Run(Repository, $"git init -q -b main .\n{make}\ngit add .; git commit -qm one");

    private Task<string> CloneAsync(LoopbackServer server, string url, GitOptions? options = null, string? token = null)
    {
        OutgoingOptions outgoing = new() { AllowedHosts = [$"http://git.test:{server.Port}", $"http://moved.test:{server.Port}"] };
        return GitServer.Source(options ?? new(), outgoing, "127.0.0.1")
            .CloneAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port), null, Target, token, CancellationToken.None);
    }

    private async Task<RejectedException> RefusedAsync(string repo, string? reference)
    {
        var refused = await Assert.ThrowsAsync<RejectedException>(() => GitServer.Source(new(), new(), "127.0.0.1").CloneAsync(repo, reference, Target, null, CancellationToken.None));
        Assert.Equal(ErrorCode.SourceInvalid, refused.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
        return refused;
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>The contract of all providers, and what a server of one's own adds to it, on a real SSH server.</summary>
public sealed class SshProviderTests : ProviderContract, IAsyncLifetime
{
    private SshPool _pool = null!;
    private SshServer _server = null!;
    private IBuildProvider _provider = null!;

    protected override IBuildProvider Provider => _provider;

    protected override IBuildProvider RestartedProvider => _pool.NewProvider();

    public async Task InitializeAsync()
    {
        (_pool, _server) = await SshPool.StartAsync();
        _provider = _pool.NewProvider();
    }

    public Task DisposeAsync()
    {
        _pool.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_run_sees_its_source_and_its_variables_and_nothing_of_them_stands_in_a_command_line()
    {
        var secrets = new RunSecrets(new Dictionary<string, string> { ["TOKEN"] = "s3cret-v4lue" });
        var request = Request("cat readme.txt; echo; test \"$TOKEN\" = s3cret-v4lue && echo given; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 's3cret[-]v4lue'; ls -l ../control/env.sh 2>&1; mkdir dist; echo x > dist/x");
        var handle = await Provider.StartAsync(request, secrets, Deadline);

        var (status, log) = await FollowAsync(Provider, handle);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.Contains("\nsource\ngiven\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-v4lue &&", Directory.GetFiles(Control(request)).Where(file => !file.EndsWith("build.sh", StringComparison.Ordinal) && !file.EndsWith("log", StringComparison.Ordinal)).Select(File.ReadAllText));
        Assert.False(File.Exists(Path.Combine(Control(request), "env.sh")));
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task Cancel_ends_all_that_one_run_started_and_leaves_the_other()
    {
        var (first, second) = (Request("(env -i setsid sh -c 'trap \"\" TERM; sleep 300; sleep 300') & sleep 0.5; echo waiting; sleep 300"), Request("echo waiting; sleep 300"));
        var handle = await Provider.StartAsync(first, RunSecrets.None, Deadline);
        var other = await Provider.StartAsync(second, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        await UntilLoggedAsync(Provider, other, "\nwaiting");

        await Provider.CancelAsync(handle, force: true, Deadline);

        Assert.Equal(RunState.Cancelled, (await FollowAsync(Provider, handle)).Status.State);
        Assert.Empty(ProcessesIn(first));
        Assert.NotEmpty(ProcessesIn(second));
        Assert.Equal(RunState.Running, (await Provider.PollAsync(other, LogCursor.Start, Deadline)).Status.State);
        await Provider.CleanUpAsync(other, Deadline);
        await Provider.CleanUpAsync(handle, Deadline);
        Assert.Empty(ProcessesIn(second));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_server.Workspace, "runs")));
    }

    [Fact]
    public async Task Runs_are_listed_by_the_brokers_mark()
    {
        var (ours, theirs) = (Request(), Request() with { Broker = "them" });
        foreach (var request in (RunRequest[])[ours, theirs])
        {
            await FollowAsync(Provider, await Provider.StartAsync(request, RunSecrets.None, Deadline));
        }

        var listed = Assert.Single(await ((IRunList)Provider).ListRunsAsync("us", Deadline));

        Assert.Equal((ours.Id, true, $"one/{ours.Id}"), (listed.Run, listed.Ended, listed.Handle.RunId));
        Assert.InRange(listed.StartedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Halves_of_runs_are_swept_when_they_are_old()
    {
        await FollowAsync(Provider, await Provider.StartAsync(Request(), RunSecrets.None, Deadline));
        var runs = Path.Combine(_server.Workspace, "runs");
        var (old, young) = (Directory.CreateDirectory(Path.Combine(runs, ".draft-old")), Directory.CreateDirectory(Path.Combine(runs, ".draft-young")));
        old.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-2);

        await ((IRunList)Provider).TidyAsync(DateTimeOffset.UtcNow.AddHours(-1), Deadline);

        Assert.Equal((false, true), (Directory.Exists(old.FullName), Directory.Exists(young.FullName)));
    }

    [Fact]
    public async Task Of_caches_past_their_budget_the_longest_unused_go_and_none_that_was_used_lately()
    {
        await FollowAsync(Provider, await Provider.StartAsync(Request() with { SharesCache = true }, RunSecrets.None, Deadline));
        var caches = Path.Combine(_server.Workspace, "caches");
        foreach (var (name, hours) in (ReadOnlySpan<(string, int)>)[("older", 5), ("old", 3), ("ancient", 9)])
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(caches, name)).FullName, "x"), new byte[1 << 20]);
            Directory.SetLastWriteTimeUtc(Path.Combine(caches, name), DateTime.UtcNow.AddHours(-hours));
        }

        _pool.Options.CacheBytes = 1500 << 10;
        await ((IRunList)Provider).TidyAsync(DateTimeOffset.UtcNow.AddHours(-1), Deadline);

        Assert.Equal(["contract", "old"], Directory.GetDirectories(caches).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_whose_processes_were_all_killed_is_lost()
    {
        var request = Request("echo waiting; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");

        foreach (var process in ProcessesIn(request))
        {
            System.Diagnostics.Process.GetProcessById(process).Kill();
        }

        var (status, _) = await FollowAsync(Provider, handle);
        Assert.Equal((RunState.Lost, "The build's process ended without a result."), (status.State, status.Reason));
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_run_of_another_boot_is_lost_and_its_successor_with_the_same_number_lives()
    {
        var request = Request("echo waiting; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        var pid = Path.Combine(Control(request), "pid");
        var words = File.ReadAllText(pid).Split(' ');
        using var bystander = System.Diagnostics.Process.Start("sleep", "300");
        File.WriteAllText(pid, $"{bystander.Id} {words[1]} another-boot\n");

        var poll = await Provider.PollAsync(handle, LogCursor.Start, Deadline);
        await Provider.CancelAsync(handle, force: true, Deadline);
        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Equal((RunState.Lost, "The server was started again while the build ran."), (poll.Status.State, poll.Status.Reason));
        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public async Task A_cut_line_changes_nothing_of_a_run()
    {
        var handle = await Provider.StartAsync(Request("echo first; while [ ! -e ../../../go ]; do sleep 0.1; done; echo second; mkdir dist; echo x > dist/x"), RunSecrets.None, Deadline);
        var before = await UntilLoggedAsync(Provider, handle, "\nfirst");
        _server.Stop();
        await Assert.ThrowsAsync<TransientException>(() => Provider.PollAsync(handle, before.Next, Deadline));
        File.WriteAllText(Path.Combine(_server.Workspace, "go"), "");
        await _server.StartAgainAsync();

        var (status, after) = await FollowWithTroubleAsync(handle, before.Next);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.Equal("second", after.Split('\n')[0]);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task An_artifact_arrives_whole_though_its_line_is_cut_several_times()
    {
        var handle = await Provider.StartAsync(Request("mkdir dist; head -c 20000000 /dev/urandom > dist/noise; sha256sum < dist/noise"), RunSecrets.None, Deadline);
        var (_, log) = await FollowAsync(Provider, handle);
        await using var artifact = await Provider.OpenArtifactAsync(handle, Deadline);
        var arrived = new MemoryStream();
        var block = new byte[64 * 1024];
        for (var next = 4_000_000; await artifact.ReadAsync(block, Deadline) is var count and > 0;)
        {
            arrived.Write(block, 0, count);
            if (arrived.Length > next)
            {
                next += 4_000_000;
                _server.CutAll();
            }
        }

        arrived.Position = 0;
        await using var tar = new TarReader(new GZipStream(arrived, CompressionMode.Decompress));
        while (await tar.GetNextEntryAsync(cancellationToken: Deadline) is { } entry)
        {
            if (entry.Name == "./noise")
            {
                Assert.Contains(Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(entry.DataStream!, Deadline)), log, StringComparison.Ordinal);
            }
        }

        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task An_artifact_that_was_changed_on_its_way_is_refused()
    {
        var request = Request("mkdir dist; head -c 200000 /dev/urandom > dist/noise");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);
        await using var artifact = await Provider.OpenArtifactAsync(handle, Deadline);
        var file = Path.Combine(Control(request), "artifact.tar.gz");
        var bytes = File.ReadAllBytes(file);
        bytes[1000] ^= 1;
        File.WriteAllBytes(file, bytes);

        var failure = await Assert.ThrowsAsync<TransientException>(() => artifact.CopyToAsync(Stream.Null, Deadline));

        Assert.Contains("did not arrive as it was made", failure.Message, StringComparison.Ordinal);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_starts_nothing_and_is_rested()
    {
        _server.Stop();

        var failure = await Assert.ThrowsAsync<TransientException>(() => Provider.StartAsync(Request(), RunSecrets.None, Deadline));

        Assert.True(failure.NothingStarted);
        var health = (await _pool.Servers.FindAsync(SshPool.One, Deadline))!.Health!;
        // Whether it is there, only a probe says.
        Assert.Equal((true, 1), (health.Reachable, health.Failures));
        Assert.Contains("nothing listens there", health.Reason, StringComparison.Ordinal);
        Assert.False((await Provider.CheckAsync(Deadline)).Ready);
    }

    [Fact]
    public async Task What_ran_on_a_server_that_never_answers_again_is_lost()
    {
        var handle = await Provider.StartAsync(Request("sleep 300"), RunSecrets.None, Deadline);
        await _pool.Servers.NoteAsync(SshPool.One, new() { Reachable = false, SeenAt = DateTimeOffset.UtcNow.AddMinutes(-11) }, Deadline);
        var heard = await Provider.PollAsync(handle, LogCursor.Start, Deadline);
        _server.Stop();

        // What was written down of a server counts when it does not answer.
        Assert.NotEqual(RunState.Lost, heard.Status.State);
        var poll = await Provider.PollAsync(handle, LogCursor.Start, Deadline);

        Assert.Equal(RunState.Lost, poll.Status.State);
        Assert.Contains("has not answered since", poll.Status.Reason, StringComparison.Ordinal);
        await _server.StartAgainAsync();
        await _pool.NewProvider().CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_workspace_that_somebody_else_could_write_is_refused()
    {
        File.CreateSymbolicLink(_server.Workspace, Path.GetTempPath());

        var failure = await Assert.ThrowsAsync<TransientException>(() => Provider.StartAsync(Request(), RunSecrets.None, Deadline));

        Assert.Contains("belongs to somebody else", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.NothingStarted);
        File.Delete(_server.Workspace);
    }

    [Fact]
    public async Task A_workspace_that_is_kept_is_out_of_the_way()
    {
        var request = Request();
        var handle = await Provider.StartAsync(request with { Needs = new() { KeepWorkspace = true } }, RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);

        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Equal("done\n", File.ReadAllText(Path.Combine(_server.Workspace, "kept", request.Id.ToString(), "source", "dist", "index.html")));
        Assert.Empty(await ((IRunList)Provider).ListRunsAsync("us", Deadline));
    }

    protected override RunRequest Request(string command = "echo hello; mkdir dist; echo done > dist/index.html") => _pool.Request(command);

    private string Run(RunRequest request) => Path.Combine(_server.Workspace, "runs", request.Id.ToString());

    private string Control(RunRequest request) => Path.Combine(Run(request), "control");

    private int[] ProcessesIn(RunRequest request) => [.. Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _) && $"{FolderOf(path)}/".StartsWith(Run(request) + "/", StringComparison.Ordinal))
        .Select(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))];

    private static string? FolderOf(string process)
    {
        try
        {
            return Directory.ResolveLinkTarget(Path.Combine(process, "cwd"), false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As the build's orchestration does: what the network throws is asked again.</summary>
    private async Task<(RunStatus Status, string Log)> FollowWithTroubleAsync(RunHandle handle, LogCursor from)
    {
        while (true)
        {
            try
            {
                return await FollowAsync(Provider, handle, from);
            }
            catch (TransientException)
            {
                await Task.Delay(20, Deadline);
            }
        }
    }
}

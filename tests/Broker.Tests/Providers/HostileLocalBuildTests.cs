using System.Globalization;
using System.Runtime.Versioning;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Tests.Scratch;
using BuildFunctions.Broker.Tests.Sources;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Providers;

/// <summary>What a local build can do to the broker, to other builds and to the host. Where the tests run as root, each run has a user of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileLocalBuildTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly LocalOptions _options;
    private readonly LocalProvider _provider;
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token;

    public HostileLocalBuildTests()
    {
        _options = new() { Folder = Path.Combine(_scratch.Path, "data"), Grace = TimeSpan.FromSeconds(1) };
        File.SetUnixFileMode(_scratch.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _provider = LocalProviders.New(_options, new FolderSource(("readme.txt", "source")));
    }

    [Fact]
    public async Task A_process_without_mark_session_and_folder_does_not_outlive_its_run_where_runs_have_users()
    {
        // Without a user of its own nothing about such a process tells whose it is; the docs say so.
        var pids = Path.Combine(_scratch.Path, "pids");
        File.WriteAllText(pids, "");
        GitServer.Run(_scratch.Path, "chmod 666 pids");
        await FinishAsync(Request($"env -i setsid /bin/sh -c 'cd /; echo $$ >> {pids}; exec sleep 300' >/dev/null 2>&1 </dev/null & sleep 0.5; mkdir dist; echo x > dist/x"));

        var pid = int.Parse(File.ReadAllLines(pids).Single(), CultureInfo.InvariantCulture);
        if (!OtherUser.IsRoot)
        {
            GitServer.Run(_scratch.Path, $"kill -9 {pid}");
            return;
        }

        Assert.True(ProcessStat.Read(pid) is null or { IsZombie: true });
    }

    [Fact]
    public async Task A_cancel_ends_a_crowd_that_forks_away_from_it()
    {
        var request = Request("for i in 1 2 3 4 5; do env -i setsid /bin/sh -c 'cd /; while :; do sleep 1 & wait; done' >/dev/null 2>&1 </dev/null & done; echo waiting; sleep 300");
        var handle = await _provider.StartAsync(request, RunSecrets.None, _deadline);
        while (!Log(request).Contains("\nwaiting", StringComparison.Ordinal))
        {
            await _provider.WaitForChangeAsync(handle, new(Log(request).Length), _deadline);
        }

        await _provider.CancelAsync(handle, force: true, _deadline);
        await _provider.CleanUpAsync(handle, _deadline);

        Assert.Empty(new RunProcesses(request.Id, Folder(request)).Find());
        Assert.False(Directory.Exists(Folder(request).Path));
    }

    [Fact]
    public async Task A_build_finds_no_token_of_the_broker()
    {
        var request = Request("cat ../control/* 2>/dev/null | grep -c 'c4llback[-]token'; env | grep -c 'c4llback[-]token'; mkdir dist; echo x > dist/x");

        var log = await FinishAsync(request, new(new Dictionary<string, string>(), "c4llback-token"));

        Assert.False(_provider.Capabilities.CallsBack);
        Assert.DoesNotContain(Directory.EnumerateFiles(Folder(request).Control), file => File.ReadAllText(file).Contains("Bearer c4llback-token", StringComparison.Ordinal));
        Assert.Contains("\n0\n0\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_writes_no_file_of_its_control_folder_and_none_of_another_app_where_runs_have_users()
    {
        await FinishAsync(Request("mkdir dist; echo x > dist/x; mkdir -p \"$XDG_CACHE_HOME\"; echo honest > \"$XDG_CACHE_HOME/tool\"") with { App = App("other") });
        var request = Request("for f in ../control/result ../control/pid ../control/steps ../control/new ../x \"$XDG_CACHE_HOME/../../other/xdg/tool\" \"$XDG_CACHE_HOME/../../mine/x\"; do (echo evil > $f) 2>/dev/null && echo wrote $f; done; echo done; mkdir -p dist; echo x > dist/x");

        var log = await FinishAsync(request);

        if (OtherUser.IsRoot)
        {
            Assert.DoesNotContain("\nwrote ", log, StringComparison.Ordinal);
            Assert.Equal("honest", File.ReadAllText(Path.Combine(LocalRunFolder.Cache(_options.Folder, App("other"), own: true), "xdg", "tool")).Trim());
        }
    }

    [Fact]
    public async Task Builds_of_one_app_use_one_cache_one_after_the_other()
    {
        var first = Request("mkdir dist; echo x > dist/x; mkdir -p \"$XDG_CACHE_HOME/deep\"; umask 077; echo first > \"$XDG_CACHE_HOME/deep/file\"; mkdir \"$XDG_CACHE_HOME/closed\"");
        await FinishAsync(first);

        var log = await FinishAsync(Request("cat \"$XDG_CACHE_HOME/deep/file\"; echo second >> \"$XDG_CACHE_HOME/deep/file\"; echo x > \"$XDG_CACHE_HOME/closed/x\"; mkdir dist; echo x > dist/x"));

        Assert.Contains("\nfirst\n", log, StringComparison.Ordinal);
        Assert.Contains("$ cat", log, StringComparison.Ordinal);
        Assert.DoesNotContain("denied", log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Builds_of_one_app_share_the_package_manager_that_the_first_has_fetched()
    {
        var request = () => Request("pnpm --version; mkdir dist; echo x > dist/x") with { PackageManager = "pnpm@9.15.4" };
        var first = await FinishAsync(request());
        var second = await FinishAsync(request());

        Assert.Contains("Getting pnpm 9.15.4", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Getting pnpm", second, StringComparison.Ordinal);
        Assert.Contains("\n9.15.4\n", second, StringComparison.Ordinal);
        Assert.DoesNotContain("EACCES", first + second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_that_must_be_and_cannot_be_refuse_the_build()
    {
        File.SetUnixFileMode(_scratch.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _options.OwnUsers = true;

        var refusal = await Assert.ThrowsAsync<Failures.RejectedException>(() => _provider.StartAsync(Request(), RunSecrets.None, _deadline));

        Assert.Equal(Contracts.Errors.ErrorCode.BuildNotConfigured, refusal.Code);
    }

    [Fact]
    public async Task A_build_that_may_not_go_live_neither_uses_nor_fills_the_apps_cache()
    {
        await FinishAsync(Request("mkdir dist; echo x > dist/x; mkdir -p \"$XDG_CACHE_HOME\"; echo evil > \"$XDG_CACHE_HOME/tool\"") with { SharesCache = false });
        var log = await FinishAsync(Request("mkdir dist; echo x > dist/x; cat \"$XDG_CACHE_HOME/tool\" || echo clean"));

        Assert.Contains("\nclean\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_of_a_build_reach_none_of_the_harness_own_programs()
    {
        // Of a library that cannot be loaded the linker complains in each program that is told to.
        var request = Request("echo built; mkdir dist; echo x > dist/x") with
        {
            Env = new Dictionary<string, string> { ["LD_PRELOAD"] = "/nowhere/evil.so", ["ENV"] = "/nowhere/rc", ["PATH"] = "/nowhere:/usr/bin:/bin", ["TAR_OPTIONS"] = "--totals" },
        };

        var log = await FinishAsync(request);

        Assert.Contains("evil.so", log, StringComparison.Ordinal);
        var before = log[..log.IndexOf("$ echo built", StringComparison.Ordinal)];
        Assert.DoesNotContain("evil.so", before, StringComparison.Ordinal);
        Assert.DoesNotContain("setpriv", log, StringComparison.Ordinal);
        Assert.DoesNotContain("nice:", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_build_puts_in_the_place_of_the_runs_files_is_not_believed()
    {
        // As the broker's own user a build could do this to itself; each must end, and quickly.
        var request = Request("echo waiting; sleep 300");
        var handle = await _provider.StartAsync(request, RunSecrets.None, _deadline);
        var folder = Folder(request);
        while ((await _provider.PollAsync(handle, LogCursor.Start, _deadline)).Log.Span.IndexOf("waiting"u8) < 0)
        {
            // Once it waits, the run itself opens none of its files again.
            await _provider.WaitForChangeAsync(handle, LogCursor.Start, _deadline);
        }

        GitServer.Run(folder.Control, "mkfifo result.x; mv result.x result; rm -f steps; ln -s /etc/passwd steps; rm -f log; mkdir log; ln -s /etc/passwd artifact.tar.gz");
        var poll = await _provider.PollAsync(handle, LogCursor.Start, _deadline).WaitAsync(_deadline);

        Assert.Equal((RunState.Running, 0, 0), (poll.Status.State, poll.Steps.Count, poll.Log.Length));
        await Assert.ThrowsAsync<Failures.WorkerLostException>(() => _provider.OpenArtifactAsync(handle, _deadline));
        await _provider.CleanUpAsync(handle, _deadline);
        Assert.Empty(new RunProcesses(request.Id, folder).Find());
    }

    [Fact]
    public async Task A_run_that_names_another_process_as_its_own_gets_that_one_neither_asked_nor_believed()
    {
        var (request, other) = (Request("echo waiting; sleep 300"), Request("echo waiting; sleep 300"));
        var handles = new[] { await _provider.StartAsync(request, RunSecrets.None, _deadline), await _provider.StartAsync(other, RunSecrets.None, _deadline) };
        while (!File.Exists(Folder(other).Process) || !File.Exists(Folder(request).Process))
        {
            await _provider.WaitForChangeAsync(handles[1], LogCursor.Start, _deadline);
        }

        await new RunProcesses(request.Id, Folder(request)).EndAsync(TimeProvider.System, _deadline);
        File.Copy(Folder(other).Process, Folder(request).Process, overwrite: true);

        Assert.Equal(RunState.Lost, (await _provider.PollAsync(handles[0], LogCursor.Start, _deadline)).Status.State);
        await _provider.CancelAsync(handles[0], force: false, _deadline);
        Assert.Equal(RunState.Running, (await _provider.PollAsync(handles[1], LogCursor.Start, _deadline)).Status.State);
        foreach (var handle in handles)
        {
            await _provider.CleanUpAsync(handle, _deadline);
        }
    }

    [Fact]
    public async Task A_run_whose_mark_was_destroyed_is_removed_when_it_is_old_and_hides_no_other()
    {
        var (request, other) = (Request() with { Broker = "us" }, Request() with { Broker = "us" });
        await FinishAsync(request);
        await FinishAsync(other);
        GitServer.Run(Folder(request).Path, "rm -rf control/*; chmod 0 control; touch -d 2000-01-01 .");

        Assert.Equal(other.Id, Assert.Single(await _provider.ListRunsAsync("us", _deadline)).Run);
        await _provider.TidyAsync(DateTimeOffset.UtcNow.AddHours(-1), _deadline);

        Assert.False(Directory.Exists(Folder(request).Path));
        Assert.True(Directory.Exists(Folder(other).Path));
    }

    [Fact]
    public async Task A_build_that_leaves_read_only_and_locked_folders_is_cleaned_up()
    {
        var request = Request("mkdir -p dist go/pkg/mod/x locked/inner; echo x > dist/x; echo x > go/pkg/mod/x/x; chmod -R a-w go; chmod 0 locked/inner locked; chmod 555 ../home ../tmp .");
        await FinishAsync(request);

        await _provider.CleanUpAsync(new() { Provider = "local", RunId = request.Id.ToString() }, _deadline);

        Assert.Empty(Directory.GetFileSystemEntries(LocalRunFolder.Runs(_options.Folder)));
    }

    [Fact]
    public async Task A_link_to_what_only_root_may_read_is_listed_and_packed_by_nobody()
    {
        var secret = Directory.CreateDirectory(Path.Combine(_scratch.Path, "secret")).FullName;
        File.WriteAllText(Path.Combine(secret, "only-root-knows.txt"), "x");
        GitServer.Run(_scratch.Path, "chmod 700 secret");

        var log = await FinishAsync(Request("rm -rf app; ln -s " + secret + " app") with { Root = "app" });
        var reason = ControlFile.Read(Directory.GetDirectories(LocalRunFolder.Runs(_options.Folder)).Select(path => new LocalRunFolder(path).Result).Single())!;

        Assert.True(!OtherUser.IsRoot || !(log + reason).Contains("only-root-knows", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        GitServer.Run(_scratch.Path, "chmod -R u+rwX .");
        _scratch.Dispose();
    }

    private static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new FormatException(name);

    private static RunRequest Request(string command = "mkdir dist; echo x > dist/x") => new()
    {
        Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
        Attempt = 1,
        App = App("mine"),
        Source = new() { Kind = SourceKind.Upload },
        Command = command,
        Output = "dist",
        SharesCache = true,
    };

    private LocalRunFolder Folder(RunRequest request) => LocalRunFolder.Of(_options.Folder, request.Id);

    private string Log(RunRequest request) => LocalRunFolder.Read(Folder(request).Log) ?? "";

    /// <summary>The log of a run that has ended.</summary>
    private async Task<string> FinishAsync(RunRequest request, RunSecrets? secrets = null)
    {
        var handle = await _provider.StartAsync(request, secrets ?? RunSecrets.None, _deadline);
        while (!(await _provider.PollAsync(handle, LogCursor.Start, _deadline)).Status.IsFinal)
        {
            await _provider.WaitForChangeAsync(handle, new(Log(request).Length), _deadline);
        }

        return Log(request);
    }
}

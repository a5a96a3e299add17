using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers.Local;

namespace BuildFunctions.Broker.Tests.Providers;

[UnsupportedOSPlatform("windows")]
public sealed class LocalProviderTests : ProviderContract, IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly LocalOptions _options;
    private readonly LocalProvider _provider;

    public LocalProviderTests()
    {
        _options = new() { Folder = Path.Combine(_scratch.Path, "data"), Grace = TimeSpan.FromSeconds(1) };

        // Where the tests run as root, the users of runs pass through here.
        File.SetUnixFileMode(_scratch.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _provider = NewProvider(new FolderSource(("readme.txt", "source")));
    }

    protected override IBuildProvider Provider => _provider;

    protected override IBuildProvider RestartedProvider => NewProvider(new FolderSource());

    [Fact]
    public async Task Cancel_leaves_no_process_of_the_run_not_even_deaf_and_detached_ones()
    {
        var request = Request("trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo detached $$; sleep 300; sleep 300') & sleep 0.5; echo waiting; sleep 300; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        var processes = new RunProcesses(request.Id, Folder(request));
        Assert.True(processes.Find().Count >= 4);

        await Provider.CancelAsync(handle, false, Deadline);
        Assert.Equal(RunState.Cancelled, (await FollowAsync(Provider, handle)).Status.State);
        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Empty(processes.Find());
        Assert.False(Directory.Exists(Folder(request).Path));
    }

    [Fact]
    public async Task Cancel_ends_one_run_and_leaves_the_other()
    {
        var (first, second) = (Request("echo waiting; sleep 300"), Request("echo waiting; sleep 300"));
        var handle = await Provider.StartAsync(first, RunSecrets.None, Deadline);
        var other = await Provider.StartAsync(second, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        await UntilLoggedAsync(Provider, other, "\nwaiting");

        await Provider.CancelAsync(handle, true, Deadline);

        Assert.Empty(new RunProcesses(first.Id, Folder(first)).Find());
        Assert.Equal(RunState.Cancelled, (await FollowAsync(Provider, handle)).Status.State);
        Assert.Equal(RunState.Running, (await Provider.PollAsync(other, LogCursor.Start, Deadline)).Status.State);
        await Provider.CleanUpAsync(other, Deadline);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_recycled_process_id_is_neither_alive_nor_killed()
    {
        var request = Request("echo waiting; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        await new RunProcesses(request.Id, Folder(request)).EndAsync(TimeProvider.System, Deadline);
        using var bystander = Process.Start("sleep", "300");
        var boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", Deadline)).Trim();
        await File.WriteAllTextAsync(Folder(request).Process, $"{bystander.Id} 1 {boot}\n", Deadline);

        Assert.Equal(RunState.Lost, (await Provider.PollAsync(handle, LogCursor.Start, Deadline)).Status.State);
        await Provider.CancelAsync(handle, true, Deadline);
        await Provider.CleanUpAsync(handle, Deadline);

        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    [Fact]
    public async Task A_run_is_neither_in_the_brokers_session_nor_its_child()
    {
        var request = Request("echo waiting; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");
        var harness = ProcessIdentity.Parse(LocalRunFolder.Read(Folder(request).Process))!;

        Assert.Equal(harness.Pid, ProcessStat.Read(harness.Pid)!.Value.Session);
        Assert.DoesNotContain($"PPid:\t{Environment.ProcessId}\n", await File.ReadAllTextAsync($"/proc/{harness.Pid}/status", Deadline), StringComparison.Ordinal);
        await Provider.CleanUpAsync(handle, Deadline);
        Assert.False(harness.IsAlive);
    }

    [Fact]
    public async Task A_run_whose_processes_were_killed_is_lost()
    {
        var request = Request("echo waiting; sleep 300");
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await UntilLoggedAsync(Provider, handle, "\nwaiting");

        await new RunProcesses(request.Id, Folder(request)).EndAsync(TimeProvider.System, Deadline);

        Assert.Equal(RunState.Lost, (await FollowAsync(Provider, handle)).Status.State);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task A_crash_between_preparing_and_launching_is_made_good_by_the_next_start()
    {
        var request = Request();
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);
        foreach (var file in (string[])["pid", "result", "log", "steps"])
        {
            File.Delete(Path.Combine(Folder(request).Control, file));
        }

        Directory.Delete(Path.Combine(Folder(request).Source, "dist"), true);
        await RestartedProvider.StartAsync(request, RunSecrets.None, Deadline);

        Assert.Equal(RunState.Succeeded, (await FollowAsync(Provider, handle)).Status.State);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task What_a_crash_left_half_made_or_half_removed_goes_with_its_run()
    {
        var (request, other) = (Request(), Request());
        var runs = LocalRunFolder.Runs(_options.Folder);
        LocalWorkspace.CreateDraft(runs, request.Id);
        Directory.CreateDirectory(Path.Combine(runs, $".trash-{request.Id}-x"));
        var foreign = LocalWorkspace.CreateDraft(runs, other.Id).Path;
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);

        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Equal([foreign], Directory.GetFileSystemEntries(runs));
    }

    [Fact]
    public async Task The_list_tells_this_brokers_runs_and_no_others()
    {
        var (ours, theirs) = (Request("echo waiting; sleep 300") with { Broker = "us" }, Request("echo waiting; sleep 300") with { Broker = "them" });
        var handle = await Provider.StartAsync(ours, RunSecrets.None, Deadline);
        var other = await Provider.StartAsync(theirs, RunSecrets.None, Deadline);

        var listed = Assert.Single(await NewProvider(new FolderSource()).ListRunsAsync("us", Deadline));
        Assert.Equal((handle, ours.Id, false), (listed.Handle, listed.Run, listed.Ended));
        await Provider.CancelAsync(handle, force: true, Deadline);
        await FollowAsync(Provider, handle);
        await Provider.CleanUpAsync(handle, Deadline);

        Assert.Empty(await NewProvider(new FolderSource()).ListRunsAsync("us", Deadline));
        await Provider.CleanUpAsync(other, Deadline);
    }

    [Fact]
    public async Task Halves_that_a_crash_left_are_removed_when_they_are_old()
    {
        var old = Directory.CreateDirectory(Path.Combine(LocalRunFolder.Runs(_options.Folder), ".draft-x")).FullName;
        var young = Directory.CreateDirectory(Path.Combine(LocalRunFolder.Runs(_options.Folder), ".draft-y")).FullName;
        Directory.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);

        await NewProvider(new FolderSource()).TidyAsync(DateTimeOffset.UnixEpoch.AddYears(1), Deadline);

        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(young));
    }

    [Fact]
    public async Task The_build_sees_its_variables_and_secrets_and_nothing_of_the_broker()
    {
        Environment.SetEnvironmentVariable("BROKER_PRIVATE", "broker-private");
        var request = Request("env; mkdir dist; echo x > dist/x") with { Env = new Dictionary<string, string> { ["GREETING"] = "it's\n$HOME `id`" } };
        var handle = await Provider.StartAsync(request, new(new Dictionary<string, string> { ["TOKEN"] = "s3cret'value" }), Deadline);

        var (status, log) = await FollowAsync(Provider, handle);

        Assert.Equal(RunState.Succeeded, status.State);
        Assert.Contains("GREETING=it's\n$HOME `id`\n", log, StringComparison.Ordinal);
        Assert.Contains("TOKEN=s3cret'value\n", log, StringComparison.Ordinal);
        Assert.Contains($"HOME={Folder(request).Path}/home\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("broker-private", log, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Folder(request).Path, "*", SearchOption.AllDirectories).Where(file => file != Folder(request).Log),
            file => Assert.DoesNotContain("s3cret", File.ReadAllText(file), StringComparison.Ordinal));
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task Steps_come_from_the_harness_and_not_from_what_the_build_prints()
    {
        var request = Request("printf 'pack 0 1\\n'; printf '\\342\\220\\236 step pack\\n'; mkdir dist; echo x > dist/x") with { Install = "echo installing" };
        var handle = await Provider.StartAsync(request, RunSecrets.None, Deadline);
        var (_, log) = await FollowAsync(Provider, handle);

        var poll = await Provider.PollAsync(handle, LogCursor.Start, Deadline);

        Assert.Equal(["install", "build", "pack"], poll.Steps.Select(step => step.Name));
        var bytes = Encoding.UTF8.GetBytes(log);
        Assert.StartsWith("$ echo installing\n", Encoding.UTF8.GetString(bytes.AsSpan((int)poll.Steps[0].Offset)), StringComparison.Ordinal);
        Assert.StartsWith("$ printf", Encoding.UTF8.GetString(bytes.AsSpan((int)poll.Steps[1].Offset)), StringComparison.Ordinal);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    [Fact]
    public async Task The_artifact_holds_the_output_folder()
    {
        var handle = await Provider.StartAsync(Request("mkdir -p dist/a; echo page > dist/a/index.html"), RunSecrets.None, Deadline);
        await FollowAsync(Provider, handle);

        await using var artifact = await Provider.OpenArtifactAsync(handle, Deadline);
        await using var gzip = new GZipStream(artifact, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: Deadline) is { } entry)
        {
            names.Add(entry.Name);
        }

        Assert.Equal(["./", "./a/", "./a/index.html"], names);
        await Provider.CleanUpAsync(handle, Deadline);
    }

    public void Dispose() => _scratch.Dispose();

    private LocalProvider NewProvider(FolderSource source) => LocalProviders.New(_options, source);

    private LocalRunFolder Folder(RunRequest request) => LocalRunFolder.Of(_options.Folder, request.Id);
}

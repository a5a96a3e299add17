using System.ComponentModel;
using System.Diagnostics;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>Runs the harness on this host. All state is in files, so that any broker process can take a run up.</summary>
internal sealed class LocalProvider(LocalOptions options, ISourceReader sources, LocalUsers users, TimeProvider time) : IBuildProvider, IRunList
{
    public const string ProviderName = "local";

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public string Name => ProviderName;

    public ProviderCapabilities Capabilities { get; } = new() { LiveLogs = true, PullsArtifact = true, CallsBack = options.CallsBack, PollInterval = _patience };

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(
        !File.Exists("/bin/sh") ? new ProviderHealth(false, "Local builds need a POSIX shell at /bin/sh.")
        : !Directory.Exists("/proc/self") ? new(false, "Local builds need /proc to tell processes apart.")
        : new(true));

    public async Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken)
    {
        var folder = LocalRunFolder.Of(options.Folder, request.Id);
        if (!Directory.Exists(folder.Path))
        {
            await PrepareAsync(request, secrets, folder, cancellationToken);
        }

        // Once more after a crash between the two: the harness itself lets only one run through.
        if (!File.Exists(folder.Process))
        {
            await LaunchAsync(request.Id, folder, cancellationToken);
        }

        return new() { Provider = Name, RunId = request.Id.ToString() };
    }

    public Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new LocalRunFiles(RunOf(handle), FolderOf(handle), time).Read(cursor));

    public async Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        // Two looks at a file cost microseconds and see every change on every file system, which watchers do not.
        var folder = FolderOf(handle);
        for (var waited = TimeSpan.Zero; waited < _patience; waited += _glance)
        {
            if (ControlFile.Length(folder.Result) > 0 || ControlFile.Length(folder.Log) > cursor.Offset)
            {
                return;
            }

            await Task.Delay(_glance, time, cancellationToken);
        }
    }

    public async Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken)
    {
        var (run, folder) = (RunOf(handle), FolderOf(handle));
        if (!Directory.Exists(folder.Path) || File.Exists(folder.Result))
        {
            return;
        }

        // First the mark: a run that starts just now sees it, and one that dies without a result was cancelled.
        ControlFile.Mark(folder.Cancel);
        var processes = new RunProcesses(run, folder);
        if (force || !processes.Ask(ProcessIdentity.Parse(ControlFile.Read(folder.Process))))
        {
            await processes.EndAsync(time, cancellationToken);
        }
    }

    public Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        var folder = FolderOf(handle);
        return ControlFile.Open(folder.Artifact) is { } artifact
            ? Task.FromResult<Stream>(new FileStream(artifact, FileAccess.Read, bufferSize: 1))
            : throw new WorkerLostException($"Run {handle.RunId} has no artifact on this host.");
    }

    public async Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        var (run, folder) = (RunOf(handle), FolderOf(handle));
        await new RunProcesses(run, folder).EndAsync(time, cancellationToken);
        LocalWorkspace.RemoveAll(folder);
    }

    public Task<IReadOnlyList<ListedRun>> ListRunsAsync(string broker, CancellationToken cancellationToken)
    {
        var runs = LocalRunFolder.Runs(options.Folder);
        IReadOnlyList<ListedRun> ours =
        [
            .. from path in Directory.Exists(runs) ? Directory.GetDirectories(runs) : []
               let folder = new LocalRunFolder(path)
               where ControlFile.Read(folder.Broker) == broker && RunId.TryParse(Path.GetFileName(path), out _)
               select Listed(folder),
        ];
        return Task.FromResult(ours);
    }

    public async Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var runs = LocalRunFolder.Runs(options.Folder);
        List<string> left = [];
        foreach (var path in Directory.Exists(runs) ? Directory.GetDirectories(runs) : [])
        {
            if (Directory.GetLastWriteTimeUtc(path) < before && await IsNobodysAsync(path, cancellationToken))
            {
                left.Add(path);
            }
        }

        LocalWorkspace.RemoveEach(left);
    }

    /// <summary>Half a run, or one whose mark its build has destroyed: no broker lists it. Its processes are ended first.</summary>
    private async ValueTask<bool> IsNobodysAsync(string path, CancellationToken cancellationToken)
    {
        var folder = new LocalRunFolder(path);
        if (!RunId.TryParse(Path.GetFileName(path), out var run))
        {
            return true;
        }

        if (ControlFile.Read(folder.Broker) is not null)
        {
            return false;
        }

        await new RunProcesses(run, folder).EndAsync(time, cancellationToken);
        return true;
    }

    private ListedRun Listed(LocalRunFolder folder)
    {
        var run = RunId.TryParse(Path.GetFileName(folder.Path), out var id) ? id : default;
        return new(new() { Provider = Name, RunId = run.ToString() }, run, File.Exists(folder.Result), Directory.GetLastWriteTimeUtc(folder.Control));
    }

    private async Task PrepareAsync(RunRequest request, RunSecrets secrets, LocalRunFolder folder, CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(request.Id, request.App, cancellationToken);
        var plan = new HarnessPlan
        {
            Request = request,
            Cache = request.SharesCache ? LocalRunFolder.Cache(options.Folder, request.App, own: user is not null) : null,
            User = user,
            Grace = options.Grace,
            Nice = options.Nice,
        };
        var draft = LocalWorkspace.CreateDraft(LocalRunFolder.Runs(options.Folder), request.Id);
        try
        {
            LocalWorkspace.CreateFolder(draft.Source);
            LocalWorkspace.CreateFolder(draft.Control);
            await sources.FillAsync(request.Source, draft.Source, cancellationToken);
            await LocalWorkspace.WriteAsync(draft.Script, HarnessScript.Build(plan), cancellationToken);
            await LocalWorkspace.WriteAsync(draft.Environment, HarnessScript.Environment(request, secrets), cancellationToken);
            await LocalWorkspace.WriteAsync(draft.Broker, request.Broker, cancellationToken);
            if (options.CallsBack && secrets.CallbackToken is { } token)
            {
                await LocalWorkspace.WriteAsync(draft.Authorization, $"Authorization: Bearer {token}\n", cancellationToken);
            }

            LocalWorkspace.Publish(draft, folder);
        }
        finally
        {
            LocalWorkspace.Remove(draft.Path);
        }
    }

    private async Task LaunchAsync(RunId run, LocalRunFolder folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", [folder.Script, "start"]) { WorkingDirectory = folder.Path };
        options.Clear(start.Environment);
        start.Environment["BUILDFUNCTIONS_RUN"] = run.ToString();
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (Win32Exception refused)
        {
            throw new TransientException(ErrorCode.ProviderUnavailable, "This host starts no more processes.", inner: refused);
        }
    }

    private static RunId RunOf(RunHandle handle) => RunId.TryParse(handle.RunId, out var run)
        ? run
        : throw new RejectedException(ErrorCode.NotFound, $"'{handle.RunId}' is not a run.");

    private LocalRunFolder FolderOf(RunHandle handle) => LocalRunFolder.Of(options.Folder, RunOf(handle));
}

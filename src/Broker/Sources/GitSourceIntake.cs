using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Scratch;
using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Broker.Sources;

/// <summary>Clones a build's repository and stores it like an upload, so that everything after it is the same for both.</summary>
public sealed class GitSourceIntake(GitSource git, GitCredentials credentials, SourceStore sources, BuildStore builds, GitOptions options, TimeProvider time)
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <returns>Null when it is not this build's turn yet, or the build was cancelled meanwhile: its record tells which.</returns>
    public async Task<ReceivedSource?> TakeAsync(BuildId build, CancellationToken cancellation)
    {
        if (await builds.FindSourceAsync(build, cancellation) is { } known)
        {
            return known;
        }

        var order = (await builds.RequireAsync(build, cancellation)).Order;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = StopWhenCancelledAsync(order.Id, stop);
        try
        {
            return await CloneAsync(order, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await stop.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ReceivedSource?> CloneAsync(BuildOrder order, CancellationToken cancellation)
    {
        using var scratch = OwnFolder.Create(options.Folder, "bf-clone-");
        var folder = Path.Combine(scratch.Path, "source");
        Directory.CreateDirectory(folder);
        var url = UrlOf(order.Request.Repo ?? "");
        if (await git.TryCloneAsync(url, order.Request.Ref, folder, await credentials.ForAsync(url, cancellation), cancellation) is not { } commit)
        {
            return null;
        }

        var archive = Path.Combine(scratch.Path, "source.tar.gz");
        await using var file = new FileStream(archive, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        await PackAsync(folder, file, cancellation);
        file.Position = 0;
        var stored = await sources.StoreAsync(file, sha256: null, cancellation);
        return await builds.SetSourceAsync(order.Id, new ReceivedSource(stored.Sha256, stored.Length, commit), cancellation);
    }

    /// <summary>Rules of a repository can be made to take hours.</summary>
    private async Task PackAsync(string folder, Stream archive, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            if (await SourcePacker.PackAsync(folder, archive, new PackOptions { Committed = true }, either.Token) is PackRefusal refusal)
            {
                throw new RejectedException(refusal.Code, refusal.ToString());
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new RejectedException(ErrorCode.SourceInvalid, $"The repository could not be packed within {options.Timeout.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>A cancel is written into the record first; git would go on for minutes after it.</summary>
    private async Task StopWhenCancelledAsync(BuildId build, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(_look, time);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            if (await builds.FindAsync(build, stop.Token) is { Phase: BuildPhase.Cancelling or BuildPhase.Done })
            {
                await stop.CancelAsync();
            }
        }
    }

    /// <summary><c>owner/name</c> is short for a repository on GitHub.</summary>
    private static string UrlOf(string repo) => repo.Contains(':', StringComparison.Ordinal) || repo.Count(letter => letter == '/') != 1
        ? repo
        : $"https://github.com/{repo}.git";
}

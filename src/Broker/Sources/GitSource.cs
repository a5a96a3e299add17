using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Scratch;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>Brings one commit of a repository. The URL, the ref and everything in the repository are someone else's: nothing of it is run or followed.</summary>
public sealed class GitSource(GitOptions options, GitRemotes remotes, TimeProvider time)
{
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly GitVersion _version = new(options.Program);
    private readonly SemaphoreSlim _turns = new(options.MaxConcurrent);

    /// <summary>Fills an empty folder and answers with the commit. Waits for its turn.</summary>
    /// <param name="reference">A branch, a tag or a full commit id; null is the default branch.</param>
    /// <param name="token">For a private repository; it goes to git through its environment.</param>
    public async Task<string> CloneAsync(string repo, string? reference, string folder, string? token, CancellationToken cancellationToken) =>
        await CloneAsync(repo, reference, folder, token, Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new InvalidOperationException("A wait without an end has ended.");

    /// <returns>Null when too many others are being cloned.</returns>
    public Task<string?> TryCloneAsync(string repo, string? reference, string folder, string? token, CancellationToken cancellationToken) =>
        CloneAsync(repo, reference, folder, token, _moment, cancellationToken);

    private async Task<string?> CloneAsync(string repo, string? reference, string folder, string? token, TimeSpan patience, CancellationToken cancellationToken)
    {
        Check(reference);
        if (!await _turns.WaitAsync(patience, cancellationToken))
        {
            return null;
        }

        try
        {
            return await CloneInTurnAsync(repo, reference, folder, token, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<string> CloneInTurnAsync(string repo, string? reference, string folder, string? token, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _version.CheckAsync(either.Token);
            var remote = await remotes.FindAsync(repo, token, either.Token);
            var git = new GitProcess(folder, remote, options);
            await git.RunAsync(either.Token, "init", "--quiet");
            await git.RunAsync(either.Token, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", remote.Url, reference ?? "HEAD");
            await git.ReadAsync(sizes => new GitTreeCheck(options).ReadAsync(sizes, either.Token), either.Token, GitTreeCheck.List);
            await git.RunAsync(either.Token, "checkout", "--quiet", "--detach", "FETCH_HEAD");
            var commit = await git.RunAsync(either.Token, "rev-parse", "HEAD");
            FolderTree.Delete(Path.Combine(folder, ".git"));
            return commit.Trim();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(ErrorCode.SourceInvalid, $"The repository did not come within {options.Timeout.TotalSeconds:0} seconds.");
        }
    }

    private static void Check(string? reference)
    {
        if (reference is not null && (reference.Length is 0 or > 255 || reference.StartsWith('-') || reference.Any(letter => char.IsControl(letter) || " ~^:?*[\\".Contains(letter, StringComparison.Ordinal))))
        {
            throw new RejectedException(ErrorCode.SourceInvalid, "This is not a branch, a tag or a commit.");
        }
    }
}

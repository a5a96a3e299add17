using System.Globalization;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>Brings one commit of a repository. The URL, the ref and everything in the repository are someone else's: nothing of it is run or followed.</summary>
public sealed class GitSource(GitOptions options, GitRemotes remotes, TimeProvider time)
{
    private readonly GitVersion _version = new(options.Program);

    /// <summary>Fills an empty folder and answers with the commit.</summary>
    /// <param name="reference">A branch, a tag or a full commit id; null is the default branch.</param>
    /// <param name="token">For a private repository; it goes to git through its environment.</param>
    public async Task<string> CloneAsync(string repo, string? reference, string folder, string? token, CancellationToken cancellationToken)
    {
        Check(reference);
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _version.CheckAsync(either.Token);
            var remote = await remotes.FindAsync(repo, token, either.Token);
            var git = new GitProcess(folder, remote, options);
            await git.RunAsync(either.Token, "init", "--quiet");
            await git.RunAsync(either.Token, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", remote.Url, reference ?? "HEAD");
            await CheckSizeAsync(git, either.Token);
            await git.RunAsync(either.Token, "checkout", "--quiet", "--detach", "FETCH_HEAD");
            var commit = await git.RunAsync(either.Token, "rev-parse", "HEAD");
            Directory.Delete(Path.Combine(folder, ".git"), true);
            return commit.Trim();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
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

    private async Task CheckSizeAsync(GitProcess git, CancellationToken cancellationToken)
    {
        var tree = await git.RunAsync(cancellationToken, "ls-tree", "-r", "--format=%(objectsize)", "FETCH_HEAD");
        var size = tree.Split('\n').Sum(line => long.TryParse(line, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);
        if (size > options.Size)
        {
            throw new RejectedException(ErrorCode.SourceTooLarge, $"The repository's files have {size} bytes; the limit is {options.Size}.", [new("size", size), new("limit", options.Size)]);
        }
    }
}

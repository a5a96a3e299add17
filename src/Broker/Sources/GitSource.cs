using System.Diagnostics;
using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>Brings one commit of a repository. The URL, the ref and everything in the repository are someone else's: nothing of it is run or followed.</summary>
public sealed class GitSource(GitOptions options, TimeProvider time)
{
    private static readonly string[] _safety =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never",
        "-c", "submodule.recurse=false", "-c", "filter.lfs.smudge=", "-c", "filter.lfs.required=false", "-c", "credential.helper=",
        "-c", "http.followRedirects=false", "-c", "gc.auto=0", "-c", "init.defaultBranch=main", "-c", "transfer.fsckObjects=true",
    ];

    /// <summary>Fills an empty folder and answers with the commit.</summary>
    /// <param name="reference">A branch, a tag or a full commit id; null is the default branch.</param>
    /// <param name="token">For a private repository; it goes to git through its environment.</param>
    public async Task<string> CloneAsync(string repo, string? reference, string folder, string? token, CancellationToken cancellationToken)
    {
        Check(repo, reference);
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await GitAsync(folder, token, either.Token, "init", "--quiet");
            await GitAsync(folder, token, either.Token, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", repo, reference ?? "HEAD");
            await CheckSizeAsync(folder, token, either.Token);
            await GitAsync(folder, token, either.Token, "checkout", "--quiet", "--detach", "FETCH_HEAD");
            var commit = await GitAsync(folder, token, either.Token, "rev-parse", "HEAD");
            Directory.Delete(Path.Combine(folder, ".git"), true);
            return commit.Trim();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TransientException(ErrorCode.SourceInvalid, $"The repository did not come within {options.Timeout.TotalSeconds:0} seconds.");
        }
    }

    private void Check(string repo, string? reference)
    {
        var protocols = options.Protocols.Split(':');
        var allowed = Uri.TryCreate(repo, UriKind.Absolute, out var url) && protocols.Contains(url.Scheme) && url.UserInfo.Length == 0;
        if (!allowed || repo.Any(char.IsControl) || repo.StartsWith('-'))
        {
            throw new RejectedException(ErrorCode.SourceInvalid, $"The repository must be a URL ({string.Join(", ", protocols)}) without a user name.");
        }

        if (reference is not null && (reference.Length == 0 || reference.StartsWith('-') || reference.Any(letter => char.IsControl(letter) || " ~^:?*[\\".Contains(letter, StringComparison.Ordinal))))
        {
            throw new RejectedException(ErrorCode.SourceInvalid, "This is not a branch, a tag or a commit.");
        }
    }

    private async Task CheckSizeAsync(string folder, string? token, CancellationToken cancellationToken)
    {
        var tree = await GitAsync(folder, token, cancellationToken, "ls-tree", "-r", "--format=%(objectsize)", "FETCH_HEAD");
        var size = tree.Split('\n').Sum(line => long.TryParse(line, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);
        if (size > options.Size)
        {
            throw new RejectedException(ErrorCode.SourceTooLarge, $"The repository's files have {size} bytes; the limit is {options.Size}.");
        }
    }

    private async Task<string> GitAsync(string folder, string? token, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. _safety, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_ALLOW_PROTOCOL"] = options.Protocols;
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        if (token is not null)
        {
            start.Environment["GIT_CONFIG_COUNT"] = "1";
            start.Environment["GIT_CONFIG_KEY_0"] = "http.extraHeader";
            start.Environment["GIT_CONFIG_VALUE_0"] = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token));
        }

        using var git = Process.Start(start) ?? throw new TransientException(ErrorCode.ProviderUnavailable, "git did not start.");
        try
        {
            var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = git.StandardError.ReadToEndAsync(cancellationToken);
            await git.WaitForExitAsync(cancellationToken);

            // What git says may name an inner host, so that the answer does not repeat it.
            _ = await errors;
            return git.ExitCode == 0
                ? await output
                : throw new RejectedException(ErrorCode.SourceInvalid, $"The repository or the ref cannot be had: git {arguments[0]} ended with {git.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }
    }
}

using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Broker.Sources;

/// <summary>Clones a build's repository and stores it like an upload, so that everything after it is the same for both.</summary>
public sealed class GitSourceIntake(GitSource git, GitCredentials credentials, SourceStore sources, BuildStore builds)
{
    public async Task<ReceivedSource> TakeAsync(BuildOrder order, CancellationToken cancellation)
    {
        if (await builds.FindSourceAsync(order.Id, cancellation) is { } known)
        {
            return known;
        }

        var scratch = Directory.CreateTempSubdirectory("bf-clone-");
        try
        {
            var folder = Path.Combine(scratch.FullName, "source");
            Directory.CreateDirectory(folder);
            var url = UrlOf(order.Request.Repo ?? "");
            var commit = await git.CloneAsync(url, order.Request.Ref, folder, await credentials.ForAsync(url, cancellation), cancellation);
            var archive = Path.Combine(scratch.FullName, "source.tar.gz");
            await using var file = new FileStream(archive, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            if (await SourcePacker.PackAsync(folder, file, new PackOptions { Committed = true }, cancellation) is PackRefusal refusal)
            {
                throw new RejectedException(refusal.Code, refusal.ToString());
            }

            file.Position = 0;
            var stored = await sources.StoreAsync(file, sha256: null, cancellation);
            return await builds.SetSourceAsync(order.Id, new ReceivedSource(stored.Sha256, stored.Length, commit), cancellation);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary><c>owner/name</c> is short for a repository on GitHub.</summary>
    private static string UrlOf(string repo) => repo.Contains(':', StringComparison.Ordinal) || repo.Count(letter => letter == '/') != 1
        ? repo
        : $"https://github.com/{repo}.git";
}

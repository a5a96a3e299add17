using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Intake;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Broker.Jobs;

/// <summary>Accepts jobs: the source of their builds is the recipe that the server follows.</summary>
public sealed class JobIntake(BuildIntake builds, BuildStore store, SourceStore sources)
{
    /// <summary>The app that a job belongs to, or the faults of its request.</summary>
    public static AppName Check(BuildJobRequest job) =>
        JobCheck.Faults(job) is { Count: > 0 } faults ? throw RejectedException.Invalid(faults) : JobOrder.AppOf(job.SourceRepository!);

    public async Task<AcceptedBuild> AcceptAsync(BuildJobRequest job, RequestKey? key, CancellationToken cancellation)
    {
        var app = Check(job);
        var stored = await sources.StoreAsync(Pack(JobRecipe.Files(job, app.ToString())), sha256: null, cancellation);
        var source = new ReceivedSource(stored.Sha256, stored.Length, job.CommitHash is { } commit && JobCheck.IsCommit(commit) ? commit : null);
        var accepted = await builds.AcceptAsync(JobOrder.ToBuild(job, app.ToString()), key, source, retryOf: null, cancellation);
        await store.SetSourceAsync(accepted.Order.Id, source, cancellation);
        return accepted;
    }

    private static MemoryStream Pack(IReadOnlyDictionary<string, string> files)
    {
        var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            foreach (var (name, text) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        packed.Position = 0;
        return packed;
    }
}

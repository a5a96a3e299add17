using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Provenance;

/// <summary>Writes down, signed, where a checked artifact comes from, before anything can be done with it. A repeated step finds the first statement.</summary>
public sealed class ProvenanceRecorder(BuildStore builds, BuildJournal journal, ProvenanceStore store, EnvelopeSigner signer, TimeProvider clock, IOptions<ProvenanceOptions> options)
{
    public async Task RecordAsync(BuildPlan plan, BuiltRelease release, CancellationToken cancellation)
    {
        if (await store.FindAsync(plan.Build, cancellation) is null)
        {
            var order = await builds.FindOrderAsync(plan.Build, cancellation) ?? throw Missing(plan.Build);
            var build = await builds.FindAsync(plan.Build, cancellation) ?? throw Missing(plan.Build);
            var statement = Statements.Built(order, plan, build, release, options.Value.Builder, clock.GetUtcNow());
            await store.AddAsync(plan.Build, plan.App, release.ArtifactSha256, await EnvelopeAsync(statement, cancellation), cancellation);
        }

        await journal.NoteAsync(plan.Build, "provenance", $"signed: how the artifact {release.ArtifactSha256} was made", cancellation);
    }

    /// <summary>The original statement is copied: it holds for the artifact, however long the build that made it is kept.</summary>
    public async Task RecordReuseAsync(BuildPlan plan, BuiltRelease release, BuildId from, CancellationToken cancellation)
    {
        var original = await store.FindAsync(from, cancellation);
        if (original is not null)
        {
            await store.AddAsync(plan.Build, plan.App, release.ArtifactSha256, original, cancellation);
        }

        if (await store.FindReuseAsync(plan.Build, cancellation) is null)
        {
            var digest = original is null ? null : Convert.ToHexStringLower(SHA256.HashData(original.ToMemory().Span));
            await store.AddReuseAsync(plan.Build, await EnvelopeAsync(Statements.Reused(plan, release, from, digest, clock.GetUtcNow()), cancellation), cancellation);
        }

        await journal.NoteAsync(plan.Build, "provenance", original is null ? $"{from} has no statement" : $"the statement of {from} holds", cancellation);
    }

    private async Task<BinaryData> EnvelopeAsync(InTotoStatement statement, CancellationToken cancellation) =>
        BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(await signer.SignAsync(statement, cancellation), ContractsJson.Default.DsseEnvelope));

    private static InvalidOperationException Missing(BuildId build) => new($"There is no record of build {build}.");
}

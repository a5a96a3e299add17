using System.Collections.Concurrent;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Reconciliation;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>Compares what providers run with what the broker believes, and ends what nobody owns. Doing it twice, or half, does no harm.</summary>
public sealed class Reconciler(ProviderRegistry providers, BrokerMark mark, BuildStore builds, RunReaper reaper, IOptions<ReconcileOptions> options)
{
    private static readonly TimeSpan _leftoverAge = TimeSpan.FromHours(1);

    public async Task<ReconcileReport> RunAsync(CancellationToken cancellation)
    {
        var now = reaper.Now;
        ConcurrentBag<ReconcileFinding> findings = [];
        var looked = await Task.WhenAll(providers.Names.Order(StringComparer.Ordinal).Select(name => CompareAsync(name, now, findings, cancellation)));
        foreach (var finding in await reaper.EndStraysAsync(cancellation))
        {
            findings.Add(finding);
        }

        return new ReconcileReport { At = now, Providers = looked, Findings = [.. findings.OrderBy(finding => finding.Attempt, StringComparer.Ordinal)] };
    }

    /// <summary>A provider that cannot be asked must not hide the others, and what it cannot remove must not hide its runs.</summary>
    private async Task<ReconciledProvider> CompareAsync(string provider, DateTimeOffset now, ConcurrentBag<ReconcileFinding> findings, CancellationToken cancellation)
    {
        int? count = null;
        try
        {
            var runs = await providers.ListRunsAsync(provider, await mark.ReadAsync(cancellation), cancellation);
            count = runs?.Count;
            var known = await ReadAsync(runs ?? [], cancellation);
            foreach (var found in RunComparison.Find(provider, runs ?? [], known, options.Value, now))
            {
                findings.Add(await reaper.EndAsync(found, cancellation));
            }

            await providers.TidyAsync(provider, now - _leftoverAge, cancellation);
            return new ReconciledProvider(provider, count);
        }
        catch (BrokerFailure failure)
        {
            return new ReconciledProvider(provider, count, failure.Message);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            reaper.Note(provider, fault);
            return new ReconciledProvider(provider, count, "Something there could not be read or removed; the broker's log says what. It is tried again.");
        }
    }

    private async Task<Dictionary<BuildId, Build>> ReadAsync(IReadOnlyList<ListedRun> runs, CancellationToken cancellation)
    {
        Dictionary<BuildId, Build> known = [];
        foreach (var id in runs.Select(run => run.Run.Build).Distinct())
        {
            if (await builds.FindAsync(id, cancellation) is { } build)
            {
                known[id] = build;
            }
        }

        return known;
    }
}

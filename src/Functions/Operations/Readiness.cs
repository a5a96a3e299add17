using System.Globalization;
using Azure;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Functions.Problems;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Operations;

/// <summary>Whether storage answers and the engine does what it is told; who asks is answered within a second, whatever does not answer.</summary>
public sealed class Readiness(BrokerStorage storage, TimeProvider clock)
{
    private const string Nobody = "readiness";
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(800);

    private Task? _created;

    public async Task<string?> WhyNotAsync(DurableTaskClient engine, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        return await StorageFaultAsync(either.Token, cancellation)
            ?? (await IsTakingOrdersAsync(engine, either.Token, cancellation) ? null : "the engine does not start builds yet: another process may still own its hub");
    }

    private async Task<string?> StorageFaultAsync(CancellationToken soon, CancellationToken cancellation)
    {
        try
        {
            await CreatedAsync().WaitAsync(soon);
            await storage.Keys.ExistsAsync(soon);
            return null;
        }
        catch (RequestFailedException exception)
        {
            return $"storage does not answer: {exception.ErrorCode ?? exception.Status.ToString(CultureInfo.InvariantCulture)}";
        }
        catch (Exception away) when (away is AggregateException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return "storage does not answer: is Azurite running, or is AzureWebJobsStorage right?";
        }
    }

    /// <summary>The first question makes the tables and containers; that goes on when nobody waits for it any more, and is tried again where it failed.</summary>
    private Task CreatedAsync() =>
        _created is { IsFaulted: false, IsCanceled: false } created ? created : _created = storage.EnsureCreatedAsync(CancellationToken.None);

    /// <summary>Who stands by answers questions too; an order is taken by the owner of the hub alone, and to remove what is not there changes nothing.</summary>
    private static async Task<bool> IsTakingOrdersAsync(DurableTaskClient engine, CancellationToken soon, CancellationToken cancellation)
    {
        try
        {
            await engine.PurgeInstanceAsync(Nobody, soon).WaitAsync(soon);
            return true;
        }
        catch (Exception away) when (!cancellation.IsCancellationRequested && ProblemMapper.Map(away) is not null)
        {
            return false;
        }
    }
}

using System.Globalization;
using Azure;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Functions.Problems;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Operations;

/// <summary>Whether storage answers and the engine does what it is told; the tables and containers are made by the first question.</summary>
public sealed class Readiness(BrokerStorage storage, TimeProvider clock)
{
    private const string Nobody = "readiness";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private bool _created;

    public async Task<string?> WhyNotAsync(DurableTaskClient engine, CancellationToken cancellation)
    {
        try
        {
            if (!_created)
            {
                await storage.EnsureCreatedAsync(cancellation);
                _created = true;
            }

            await storage.Keys.ExistsAsync(cancellation);
            return await IsTakingOrdersAsync(engine, cancellation) ? null : "the engine does not start builds yet: another process may still own its hub";
        }
        catch (RequestFailedException exception)
        {
            return $"storage does not answer: {exception.ErrorCode ?? exception.Status.ToString(CultureInfo.InvariantCulture)}";
        }
        catch (AggregateException)
        {
            return "storage does not answer: is Azurite running, or is AzureWebJobsStorage right?";
        }
    }

    /// <summary>Who stands by answers questions too; an order is taken by the owner of the hub alone, and to remove what is not there changes nothing.</summary>
    private async Task<bool> IsTakingOrdersAsync(DurableTaskClient engine, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await engine.PurgeInstanceAsync(Nobody, either.Token);
            return true;
        }
        catch (Exception away) when (away is not RequestFailedException && !cancellation.IsCancellationRequested && ProblemMapper.Map(away) is not null)
        {
            return false;
        }
    }
}

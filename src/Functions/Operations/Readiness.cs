using Azure;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Functions.Operations;

/// <summary>Whether storage answers; the tables and containers are made by the first question.</summary>
public sealed class Readiness(BrokerStorage storage)
{
    private bool _created;

    public async Task<string?> WhyNotAsync(CancellationToken cancellation)
    {
        try
        {
            if (!_created)
            {
                await storage.EnsureCreatedAsync(cancellation);
                _created = true;
            }

            await storage.Keys.ExistsAsync(cancellation);
            return null;
        }
        catch (RequestFailedException exception)
        {
            return $"storage does not answer: {exception.ErrorCode ?? exception.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        }
        catch (AggregateException)
        {
            return "storage does not answer: is Azurite running, or is AzureWebJobsStorage right?";
        }
    }
}

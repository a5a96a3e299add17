using Azure;

namespace BuildFunctions.Functions.Outages;

/// <summary>Whether a fault says that storage does not answer, and not that it refuses.</summary>
internal static class StorageFault
{
    public static bool IsAway(Exception? fault) => fault switch
    {
        null => false,
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,

        // The tries of one call, as the storage client gives up.
        AggregateException several => several.InnerExceptions.All(inner => inner is OperationCanceledException || IsAway(inner)),
        _ => IsAway(fault.InnerException),
    };
}

using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities;

/// <summary>Events that are hints: an instance that has ended or was never there is not a fault.</summary>
public static class DurableTelling
{
    /// <summary>False when there is nobody to tell.</summary>
    public static async Task<bool> TellAsync<T>(this DurableTaskClient client, string instance, string name, T payload, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instance, cancellation) is not { IsCompleted: false })
        {
            return false;
        }

        try
        {
            await client.RaiseEventAsync(instance, name, payload, cancellation);
            return true;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // It ended between the question and the word; the runtimes have different exceptions for it.
            if (await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false })
            {
                throw;
            }

            return false;
        }
    }
}

using System.Net;
using BuildFunctions.Chaos.Builds;
using BuildFunctions.Contracts;

namespace BuildFunctions.Chaos.Soak;

/// <summary>Has the broker remove what it keeps no longer, now and then and under the kills like everybody else.</summary>
internal sealed class Sweeper(PatientClient client, Findings findings, Random random)
{
    public async Task SweepAsync((int Least, int Most) every, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(random.Next(every.Least, every.Most)), stop);
                if (await client.TryAsync("retention", () => new(HttpMethod.Post, "/api/retention/run"), [HttpStatusCode.OK], stop) is { IsSuccess: true } answer)
                {
                    foreach (var removed in answer.Read(ContractsJson.Default.RetentionReport).Removed)
                    {
                        findings.Count($"retention removed {removed.Kind}", removed.Count);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Swept enough.
        }
    }
}

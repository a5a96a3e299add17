using System.Net.Http.Json;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Functions.Tests.Failover.Remote;

/// <summary>One that can also say which runs it has.</summary>
internal sealed class ListingRemoteProvider(string name, RemoteService service) : RemoteProvider(name, service), IRunList
{
    public async Task<IReadOnlyList<ListedRun>> ListRunsAsync(string broker, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/runs?broker={broker}");
        using var answer = await SendAsync(message, cancellationToken);
        var runs = (await answer!.Content.ReadFromJsonAsync<RemoteRun[]>(cancellationToken))!;
        return [.. from run in runs
                   where RunId.TryParse(run.Key, out _)
                   select new ListedRun(HandleOf(run), RunId.TryParse(run.Key, out var id) ? id : default, run.State != RemoteRun.Running, run.StartedAt)];
    }
}

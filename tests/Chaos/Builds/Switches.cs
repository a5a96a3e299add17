using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Promotes and rolls back, and keeps count: each request may have switched once, and each that was answered has.</summary>
internal sealed class Switches(PatientClient client)
{
    private static readonly HttpStatusCode[] _expected = [HttpStatusCode.OK, HttpStatusCode.NotFound];

    private readonly ConcurrentDictionary<string, (int Sent, int Answered)> _made = new();

    public (int Sent, int Answered) Of(string app) => _made.GetValueOrDefault(app);

    public async Task MakeAsync(BuildCase build, CancellationToken patience)
    {
        var page = await client.GetAsync("list deployments", $"/api/apps/{build.App}/deployments?limit=20", patience);
        var there = page.IsSuccess ? page.Read(ContractsJson.Default.DeploymentPage).Items.Where(one => !one.Preview).ToList() : [];
        if (there.Count < 2)
        {
            return;
        }

        // A rollback to nothing in particular is not sent again when its answer is lost: it would go back twice.
        var chosen = there[build.Seed % there.Count];
        var (verb, body) = (build.Seed % 3) switch
        {
            0 => ("promote", new DeploymentChoice(chosen.Id)),
            1 => ("rollback", new DeploymentChoice(chosen.Id)),
            _ => ("rollback", new DeploymentChoice()),
        };
        for (Answer? answer = null; answer is null; await Task.Delay(100, patience))
        {
            _made.AddOrUpdate(build.App, (1, 0), (_, made) => (made.Sent + 1, made.Answered));
            answer = await client.TryAsync(verb, Request, _expected, patience);
            if (answer is { IsSuccess: true })
            {
                _made.AddOrUpdate(build.App, (1, 1), (_, made) => (made.Sent, made.Answered + 1));
            }

            if (body.Deployment is null)
            {
                return;
            }
        }

        HttpRequestMessage Request() => new(HttpMethod.Post, $"/api/apps/{build.App}/{verb}") { Content = JsonContent.Create(body, ContractsJson.Default.DeploymentChoice) };
    }
}

using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Takes one build from its trigger to its end, as a program would that was told to send again what was not answered.</summary>
internal sealed class Customer(PatientClient client, Findings findings, Uploads uploads, LogFollower follower, Switches switches, Shop shop)
{
    private static readonly HttpStatusCode[] _accepted = [HttpStatusCode.Accepted];
    private static readonly HttpStatusCode[] _taken = [HttpStatusCode.OK];
    private static readonly HttpStatusCode[] _takenOrEnded = [HttpStatusCode.OK, HttpStatusCode.Conflict];
    private static readonly HttpStatusCode[] _cancelled = [HttpStatusCode.Accepted, HttpStatusCode.Conflict];

    public async Task RunAsync(Journey journey, CancellationToken patience)
    {
        var build = journey.Case;
        if (build.Repeats is { } first)
        {
            await shop.EndOfAsync(first).WaitAsync(patience);
        }

        if (build.Kind == BuildKind.Abandoned)
        {
            await TriggerAndDieAsync(journey, patience);
            return;
        }

        await TriggerAsync(journey, patience);
        if (journey.Refused || build.Kind == BuildKind.Unsent)
        {
            return;
        }

        var following = follower.FollowAsync(journey.Id!, patience);
        var cancel = build.IsCancelled ? CancelAsync(journey, patience) : Task.CompletedTask;
        if (build.Kind != BuildKind.Git)
        {
            await UploadAsync(journey, patience);
        }

        await cancel;
        await EndAsync(journey, journey.Id!, patience);
        journey.Followed = await following;
        if (build.Kind == BuildKind.Retried)
        {
            await RetryAsync(journey, patience);
        }

        if (build.Switches)
        {
            await switches.MakeAsync(build, patience);
        }
    }

    private HttpRequestMessage Trigger(BuildCase build)
    {
        var request = new BuildRequest
        {
            App = build.App,
            Source = build.Kind == BuildKind.Git ? SourceKind.Git : SourceKind.Upload,
            Repo = build.Kind == BuildKind.Git ? shop.RepositoryOf(build) : null,
            Deploy = build.Kind == BuildKind.Preview ? DeployTarget.Preview : null,
            NoBuild = build.Kind == BuildKind.Plain,
        };
        return new HttpRequestMessage(HttpMethod.Post, "/api/builds")
        {
            Headers = { { "Idempotency-Key", build.Key } },
            Content = JsonContent.Create(request, ContractsJson.Default.BuildRequest),
        };
    }

    private async Task TriggerAsync(Journey journey, CancellationToken patience)
    {
        var build = journey.Case;
        var expected = build.Kind == BuildKind.Git ? [.. _accepted, HttpStatusCode.BadRequest] : _accepted;
        var answer = await client.SendAsync("trigger", () => Trigger(build), expected, patience);
        journey.Refused = !answer.IsSuccess;
        if (answer.IsSuccess)
        {
            journey.Ids[answer.Read(ContractsJson.Default.Build).Id.ToString()] = true;
        }

        if (build.Seed % 5 == 0 && answer.IsSuccess)
        {
            // As if the answer had been lost on its last metre.
            answer = await client.SendAsync("trigger again", () => Trigger(build), _accepted, patience);
            journey.Ids[answer.Read(ContractsJson.Default.Build).Id.ToString()] = true;
        }
    }

    private async Task TriggerAndDieAsync(Journey journey, CancellationToken patience)
    {
        using var death = CancellationTokenSource.CreateLinkedTokenSource(patience);
        death.CancelAfter(journey.Case.Patience);
        try
        {
            await client.TryAsync("abandoned trigger", () => Trigger(journey.Case), _accepted, death.Token);
        }
        catch (OperationCanceledException) when (!patience.IsCancellationRequested)
        {
            findings.Count("triggers abandoned");
        }
    }

    private async Task UploadAsync(Journey journey, CancellationToken patience)
    {
        var (build, archive) = (journey.Case, shop.SourceOf(journey.Case).Archive());
        var time = TimeSpan.FromSeconds(build.Kind == BuildKind.Trickled ? 1.5 : 0);
        if (build.Kind == BuildKind.Trickled)
        {
            await client.TryAsync("upload cut off", () => Put(archive.Length * (1 + (build.Seed % 18)) / 20, time / 3), [], patience);
        }

        var answer = await client.SendAsync("upload", () => Put(archive.Length, time), build.IsCancelled ? _takenOrEnded : _taken, patience);
        findings.Check(answer.IsSuccess || journey.CancelSent, $"{journey}: its source was refused: {answer.Body}");

        HttpRequestMessage Put(int length, TimeSpan over) =>
            new(HttpMethod.Put, $"/api/builds/{journey.Id}/source") { Content = new TrickledContent(archive, length, over, uploads) };
    }

    private async Task CancelAsync(Journey journey, CancellationToken patience)
    {
        await Task.Delay(journey.Case.Patience, patience);
        journey.CancelSent = true;
        var answer = await client.SendAsync("cancel", () => new HttpRequestMessage(HttpMethod.Post, $"/api/builds/{journey.Id}/cancel"), _cancelled, patience);
        journey.CancelRefused = !answer.IsSuccess;
    }

    private async Task RetryAsync(Journey journey, CancellationToken patience)
    {
        var answer = await client.SendAsync(
            "retry",
            () => new HttpRequestMessage(HttpMethod.Post, $"/api/builds/{journey.Id}/retry") { Headers = { { "Idempotency-Key", $"{journey.Case.Key}-retry" } } },
            _accepted,
            patience);
        if (answer.IsSuccess)
        {
            journey.RetryIds[answer.Read(ContractsJson.Default.Build).Id.ToString()] = true;
            await EndAsync(journey, journey.RetryId!, patience);
        }
    }

    private async Task EndAsync(Journey journey, string id, CancellationToken patience)
    {
        while (true)
        {
            var answer = await client.GetAsync("wait for the end", $"/api/builds/{id}?wait=20", patience);
            if (!answer.IsSuccess)
            {
                return;
            }

            if (answer.Read(ContractsJson.Default.Build) is var build && build.Status.IsFinal())
            {
                journey.Final[id] = build;
                return;
            }
        }
    }
}

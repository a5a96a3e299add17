using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing.Clients;

namespace BuildFunctions.Chaos.Ssh;

/// <summary>One build of the campaign: what it does is written down on the server, whatever the broker thinks of it.</summary>
internal sealed class SshBuild(HttpClient http, string notes, int number, TimeSpan takes)
{
    private readonly string _key = $"ssh-chaos-{Guid.NewGuid():N}";

    public int Number => number;

    private string Note => Path.Combine(notes, $"{number}");

    /// <summary>Until it has ended; whatever is not answered is asked again.</summary>
    public async Task<Build> RunAsync(CancellationToken patience)
    {
        var request = new BuildRequest
        {
            App = $"chaos-{number}",
            Provider = "ssh",
            Deploy = DeployTarget.None,
            Output = "out",
            Command = string.Create(
                CultureInfo.InvariantCulture,
                $"echo begun >> {Note}; sleep {takes.TotalSeconds:0.0}; mkdir -p out; head -c 300000 /dev/urandom > out/noise; echo ok > out/index.html; echo ended >> {Note}"),
        };
        var build = await AskAsync(
            () => new(HttpMethod.Post, "/api/builds") { Content = JsonContent.Create(request, ContractsJson.Default.BuildRequest), Headers = { { "Idempotency-Key", _key } } }, patience);
        build = await AskAsync(() => new(HttpMethod.Put, $"/api/builds/{build.Id}/source") { Content = new ByteArrayContent(TestSource.Page()) }, patience, conflictIsFine: true) is { } sent ? sent : build;
        while (!build.Status.IsFinal())
        {
            build = await AskAsync(() => new(HttpMethod.Get, $"/api/builds/{build.Id}?wait=20"), patience);
        }

        return build;
    }

    /// <summary>What is wrong with how it went; nothing where all is well.</summary>
    public IEnumerable<string> Faults(Build build)
    {
        var lines = File.Exists(Note) ? File.ReadAllLines(Note) : [];
        if (build.Status != BuildStatus.Success)
        {
            yield return $"build {number} ({build.Id}) is {build.Status}: {build.Error?.Detail}";
        }

        if (lines.Count(line => line == "ended") != 1 || lines.Count(line => line == "begun") > Math.Max(1, build.Attempts.Count))
        {
            yield return $"build {number} ({build.Id}) ran otherwise than once, in {build.Attempts.Count} attempts: {string.Join(' ', lines)}";
        }
    }

    private async Task<Build> AskAsync(Func<HttpRequestMessage> request, CancellationToken patience, bool conflictIsFine = false)
    {
        while (true)
        {
            try
            {
                using var message = request();
                using var answer = await http.SendAsync(message, patience);
                if (answer.IsSuccessStatusCode)
                {
                    return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(patience), ContractsJson.Default.Build)!;
                }

                if (conflictIsFine && (int)answer.StatusCode == 409)
                {
                    // Its answer was lost: the source is there.
                    return await AskAsync(() => new(HttpMethod.Get, request().RequestUri!.ToString().Replace("/source", "", StringComparison.Ordinal)), patience);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && !patience.IsCancellationRequested)
            {
                // The broker was killed.
            }

            await Task.Delay(100, patience);
        }
    }
}

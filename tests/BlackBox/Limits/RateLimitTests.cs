using System.Net;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Limits;

[Trait("Broker", "own")]
public sealed class RateLimitTests
{
    [Fact]
    public async Task Tokens_guesses_and_addresses_that_ask_too_often_are_told_when_to_come_back()
    {
        await using var broker = await Brokers.StartAsync([.. Bucket("Token", 10), .. Bucket("SignIn", 6), .. Bucket("Address", 2000)]);
        using var client = await broker.ClientAsync(Right.Read);
        using var other = await broker.ClientAsync(Right.Read);

        List<HttpResponseMessage> answers = [];
        for (var time = 0; time < 11; time++)
        {
            answers.Add(await client.GetAsync("/api/apps"));
        }

        Assert.All(answers[..10], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var wait = (await answers[10].ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.RateLimited)).Fields!["retryAfter"].GetInt32();
        Assert.InRange(wait, 1, 1000);
        Assert.Equal(TimeSpan.FromSeconds(wait), answers[10].Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));

        // The first use of each token has counted as a try, too.
        List<HttpStatusCode> guesses = [];
        for (var guess = 0; guess < 8; guess++)
        {
            using var stranger = broker.With($"bf_{guess}{new string('A', 42)}");
            guesses.Add(await StatusAsync(stranger));
        }

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests), (guesses[0], guesses[^1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));

        // The last: from here on nobody of this address is heard.
        var flood = await Task.WhenAll(Enumerable.Range(0, 2100).Select(_ => StatusAsync(broker.Stranger, "/healthz")));
        Assert.Contains(HttpStatusCode.OK, flood);
        using var limited = await broker.Stranger.GetAsync("/healthz");
        await limited.ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
    }

    private static (string, string)[] Bucket(string name, int burst) => [($"RateLimits__{name}__PerSecond", "0.001"), ($"RateLimits__{name}__Burst", $"{burst}")];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path = "/api/apps")
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}

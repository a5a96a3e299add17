using System.Net;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Limits;
using BuildFunctions.Functions.Tests.Access;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Tests.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_token_that_asks_too_often_is_told_when_to_come_back_and_others_are_served()
    {
        await using var host = await BrokerHost.StartAsync(Set(("Token", "0.001", "3")));
        using var client = await host.ClientAsync(Right.Read);
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        }

        using var limited = await client.GetAsync("/api/apps");

        var problem = await limited.ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
        var wait = problem.Fields!["retryAfter"].GetInt32();
        Assert.InRange(wait, 1, 1000);
        Assert.Equal(TimeSpan.FromSeconds(wait), limited.Headers.RetryAfter?.Delta);
        using var other = await host.ClientAsync(Right.Read);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
    }

    [Fact]
    public async Task An_address_that_guesses_is_slowed_down_and_a_token_in_use_is_not()
    {
        await using var host = await BrokerHost.StartAsync(Set(("SignIn", "0.001", "3")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host.Http));
        List<HttpStatusCode> answers = [];
        for (var guess = 0; guess < 4; guess++)
        {
            using var stranger = host.With($"bf_{guess}{new string('A', 42)}");
            answers.Add(await StatusAsync(stranger));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host.Http));
    }

    [Fact]
    public async Task An_address_that_floods_the_broker_is_told_to_wait_before_anything_is_read()
    {
        await using var host = await BrokerHost.StartAsync(Set(("Address", "0.001", "2")));
        (await host.Stranger.GetAsync("/healthz")).Dispose();
        (await host.Stranger.GetAsync("/healthz")).Dispose();

        using var limited = await host.Stranger.GetAsync("/healthz");

        await limited.ProblemAsync(HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
    }

    [Fact]
    public async Task An_address_that_floods_the_names_of_sites_is_told_to_wait_as_well()
    {
        await using var host = await BrokerHost.StartAsync(Set(("Address", "0.001", "2")));
        Assert.Equal(HttpStatusCode.NotFound, await SiteAsync(host, "nobody-1"));
        Assert.Equal(HttpStatusCode.NotFound, await SiteAsync(host, "nobody-2"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await SiteAsync(host, "nobody-3"));
    }

    [Fact]
    public void Five_thousand_triggers_a_minute_from_one_token_are_within_the_defaults()
    {
        RateLimitOptions defaults = new();
        Assert.True(defaults.Token.PerSecond * 60 > 2 * 5000 && defaults.Address.PerSecond * 60 > 2 * 5000);
        Assert.Empty(defaults.Faults());
    }

    [Fact]
    public async Task Settings_that_make_no_sense_stop_the_start_and_are_all_listed()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => BrokerHost.StartAsync(environment =>
        {
            environment["RateLimits__Token__Burst"] = "0";
            environment["RateLimits__Callback__PerSecond"] = "-1";
            environment["RateLimits__Proxies"] = "99";
        }));

        Assert.Equal(3, fault.Failures.Count());
    }

    private static Action<Dictionary<string, string?>> Set(params (string Bucket, string PerSecond, string Burst)[] buckets) => environment =>
    {
        foreach (var (bucket, perSecond, burst) in buckets)
        {
            environment[$"RateLimits__{bucket}__PerSecond"] = perSecond;
            environment[$"RateLimits__{bucket}__Burst"] = burst;
        }
    };

    private static async Task<HttpStatusCode> SiteAsync(BrokerHost host, string app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = $"{app}.localhost" } };
        using var answer = await host.Stranger.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/apps");
        return answer.StatusCode;
    }
}

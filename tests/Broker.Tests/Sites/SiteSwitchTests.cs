using System.Collections.Concurrent;
using System.Net;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Sites;

public sealed class SiteSwitchTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const int Switches = 100;
    private const int RequestsPerSwitch = 40;
    private const int AtOnce = 32;
    private const int Length = 40_000;

    /// <summary>Pages of one letter, so that a mix of two releases shows in every one of their forms.</summary>
    [Fact]
    public async Task During_switches_no_request_fails_and_none_gets_a_mix()
    {
        var releases = new List<DeploymentId>();
        foreach (var letter in "ab")
        {
            releases.Add((await site.DeployAsync("switch", new TarBuilder().File("index.html", new string(letter, Length)))).Id);
        }

        Assert.True(AppName.TryParse("switch", out var app));
        ConcurrentDictionary<string, string> letterOfTag = [];
        ConcurrentBag<string> faults = [];
        using SemaphoreSlim free = new(AtOnce);
        List<Task> requests = [];
        for (var turn = 0; turn < Switches; turn++)
        {
            var switching = site.Deployments.PromoteAsync(app, releases[turn % 2], default);
            for (var number = 0; number < RequestsPerSwitch; number++)
            {
                await free.WaitAsync();
                requests.Add(RequestAsync());
            }

            await switching;
        }

        await Task.WhenAll(requests);
        Assert.Empty(faults);
        Assert.Equal(["a", "b"], letterOfTag.Values.Order());

        async Task RequestAsync()
        {
            try
            {
                using var answer = await site.GetAsync("switch.localhost", "/");
                var letters = string.Concat((await answer.Content.ReadAsStringAsync()).Distinct());
                if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentLength != Length || letters.Length != 1
                    || letterOfTag.GetOrAdd(answer.Headers.ETag!.Tag, letters) != letters)
                {
                    faults.Add($"{answer.StatusCode} {answer.Headers.ETag} {letters}");
                }
            }
            catch (HttpRequestException failed)
            {
                faults.Add(failed.Message);
            }
            finally
            {
                free.Release();
            }
        }
    }
}

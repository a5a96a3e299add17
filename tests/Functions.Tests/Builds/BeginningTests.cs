using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Access;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class BeginningTests(SharedBroker shared)
{
    [Fact]
    public async Task Builds_are_found_by_how_their_ids_begin()
    {
        var (one, other) = (await shared.Host.Http.TriggerAsync(), await shared.Host.Http.TriggerAsync());
        Assert.Equal([one.Id], (await FindAsync(shared.Host.Http, $"{one.Id}")).Select(build => build.Id));
        Assert.Equal([one.Id], (await FindAsync(shared.Host.Http, $"{one.Id}"[..^1])).Select(build => build.Id));
        Assert.Superset(new HashSet<string> { $"{one.Id}", $"{other.Id}" }, (await FindAsync(shared.Host.Http, "bld_0")).Select(build => $"{build.Id}").ToHashSet());
        using var stranger = await shared.Host.ClientAsync(Right.Read, Api.NewApp());
        Assert.Empty(await FindAsync(stranger, $"{one.Id}"[..^1]));
        foreach (var build in new[] { one, other })
        {
            (await shared.Host.Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        }
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("bld_!")]
    [InlineData("bld_000000000000000000000000000")]
    public async Task What_no_id_begins_with_is_refused(string beginning)
    {
        using var answer = await shared.Host.Http.GetAsync($"/api/builds?id={Uri.EscapeDataString(beginning)}");
        Assert.Contains("id", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    private static async Task<IReadOnlyList<Build>> FindAsync(HttpClient http, string beginning) =>
        (await http.GetFromJsonAsync($"/api/builds?limit=100&id={beginning}", ContractsJson.Default.BuildPage))!.Items;
}

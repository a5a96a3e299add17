using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

public sealed class TokenApiTests : IAsyncLifetime
{
    private BrokerHost _host = null!;

    public async Task InitializeAsync() => _host = await BrokerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_token_is_shown_once_listed_without_itself_and_ends_when_it_is_revoked()
    {
        var made = await _host.Http.TokenAsync(Right.Read, "shop");
        using var client = _host.With(made.Secret!);
        using (var allowed = await client.GetAsync("/api/apps"))
        {
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        var listing = await _host.Http.GetStringAsync("/api/tokens");
        Assert.DoesNotContain(made.Secret!, listing);
        var listed = Assert.Single(await ListAsync(_host.Http), token => token.Id == made.Id);
        Assert.Equal((Right.Read, null, false), (listed.Right, listed.Secret, listed.Current));
        Assert.Equal("shop", $"{Assert.Single(listed.Apps!)}");
        Assert.Single(await ListAsync(_host.Http), token => token.Current);

        using (var ended = await _host.Http.DeleteAsync($"/api/tokens/{made.Id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        using var refused = await client.GetAsync("/api/apps");
        await refused.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
        using var again = await _host.Http.DeleteAsync($"/api/tokens/{made.Id}");
        await again.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task Nobody_gives_out_more_than_they_have()
    {
        using var keeper = await _host.ClientAsync(Right.Admin, "shop", "blog");
        var made = await keeper.TokenAsync(Right.Admin, "blog");
        var foreign = await _host.Http.TokenAsync(Right.Read, "blog", "wiki");

        foreach (var apps in new[] { Array.Empty<string>(), ["wiki"], ["shop", "wiki"] })
        {
            using var answer = await keeper.TryTokenAsync(Right.Read, apps);
            var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
            Assert.Equal("admin", problem.Fields!["needs"].GetString());
        }

        Assert.Equal([made.Id], (await ListAsync(keeper)).Where(token => !token.Current).Select(token => token.Id));
        foreach (var id in new[] { $"{foreign.Id}", "tok_00000000000000000000", "x" })
        {
            using var unseen = await keeper.GetAsync($"/api/tokens/{id}");
            await unseen.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
            using var kept = await keeper.DeleteAsync($"/api/tokens/{id}");
            await kept.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }

    [Fact]
    public async Task The_last_admin_token_is_not_ended_by_accident()
    {
        foreach (var other in (await ListAsync(_host.Http)).Where(token => !token.Current))
        {
            (await _host.Http.DeleteAsync($"/api/tokens/{other.Id}")).Dispose();
        }

        var last = Assert.Single(await ListAsync(_host.Http));
        using var kept = await _host.Http.DeleteAsync($"/api/tokens/{last.Id}");
        var problem = await kept.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal("last-admin-token", problem.Fields!["state"].GetString());
        using var ended = await _host.Http.DeleteAsync($"/api/tokens/{last.Id}?force=true");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    private static async Task<Token[]> ListAsync(HttpClient http) => (await http.GetFromJsonAsync("/api/tokens", ContractsJson.Default.TokenArray))!;
}

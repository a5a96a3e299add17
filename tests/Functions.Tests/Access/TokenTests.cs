using System.Net;
using System.Net.Http.Headers;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

[Collection(SharedBrokerCollection.Name)]
public sealed class TokenTests(SharedBroker shared)
{
    [Fact]
    public async Task Every_function_that_is_not_public_refuses_a_stranger()
    {
        var closed = shared.Host.Get<EndpointCatalog>().Endpoints.Where(endpoint => !endpoint.Description.Public).ToList();
        Assert.NotEmpty(closed);

        foreach (var endpoint in closed)
        {
            var path = endpoint.Route.Replace("{*path}", "x").Replace("{", "").Replace("}", "");
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Methods[0].ToUpperInvariant()), path);
            using var answer = await shared.Host.Stranger.SendAsync(request);
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Theory]
    [InlineData("Bearer bf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    public async Task A_token_that_was_never_given_out_is_refused(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/builds");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await shared.Host.Stranger.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task The_file_for_this_machine_holds_a_valid_token_for_its_owner_alone()
    {
        var file = Path.Combine(shared.Host.Folder, "config", "local.json");
        var local = System.Text.Json.JsonSerializer.Deserialize(await File.ReadAllTextAsync(file), Contracts.ContractsJson.Default.LocalBroker)!;

        Assert.Equal(shared.Host.Address, new Uri(local.Url));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(local.Token!));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<HttpStatusCode> GetAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/apps") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await shared.Host.Stranger.SendAsync(request);
        return answer.StatusCode;
    }
}

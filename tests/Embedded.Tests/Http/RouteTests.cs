using System.Net;
using BuildFunctions.Embedded.Tests.Hosting;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class RouteTests(RouteTests.Fixture fixture) : IClassFixture<RouteTests.Fixture>
{
    [Theory]
    [InlineData("GET", "/api/Named", 200, "named GET")]
    [InlineData("PATCH", "/api/named", 200, "named PATCH")]
    [InlineData("GET", "/api/items/7", 200, "item 7")]
    [InlineData("GET", "/api/ITEMS/7", 200, "item 7")]
    [InlineData("GET", "/api/pages/3", 200, "page 3")]
    [InlineData("GET", "/api/pages", 200, "page none")]
    [InlineData("GET", "/api/lists", 200, "size 20")]
    [InlineData("GET", "/api/lists/5", 200, "size 5")]
    [InlineData("GET", "/api/files/a/b%20c.txt", 200, "path a/b c.txt")]
    [InlineData("GET", "/api/files", 200, "path ")]
    [InlineData("POST", "/api/things", 200, "posted")]
    [InlineData("PUT", "/api/things", 200, "put")]
    public async Task A_request_reaches_the_function_of_its_route(string method, string path, int status, string body)
    {
        using var response = await fixture.Host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/api/none", 404)]
    [InlineData("GET", "/Named", 404)]
    [InlineData("GET", "/api/items/seven", 404)]
    [InlineData("GET", "/api/items/99999999999", 404)]
    [InlineData("DELETE", "/api/things", 405)]
    public async Task A_request_that_fits_no_function_is_answered_with_a_problem_document(string method, string path, int status)
    {
        using var response = await fixture.Host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"status\":{status}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_wrong_method_is_told_which_are_allowed()
    {
        using var response = await fixture.Host.Client.DeleteAsync("/api/things");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("""{"extensions":{"http":{"routePrefix":""}}}""", "/Named")]
    [InlineData("""{"Extensions":{"HTTP":{"RoutePrefix":"v1/app"}}}""", "/v1/app/Named")]
    [InlineData("""
        {
          // comments and trailing commas are allowed
          "extensions": { "http": { "routePrefix": "x", }, },
        }
        """, "/x/Named")]
    [InlineData("{}", "/api/Named")]
    public async Task The_route_prefix_comes_from_host_json(string hostJson, string path)
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Types = [typeof(RouteFunctions)];
            options.Files["host.json"] = hostJson;
        });

        Assert.Equal("named GET", await host.Client.GetStringAsync(path));
    }

    [Fact]
    public void The_list_printed_at_start_names_each_function_its_methods_and_its_address()
    {
        var lines = fixture.Host.Output.ToString().Split(Environment.NewLine);

        Assert.Contains($"  Constrained: [GET] {fixture.Host.Address}api/items/{{id:int}}", lines);
        Assert.Contains($"  Named: [any] {fixture.Host.Address}api/Named", lines);
        Assert.Contains($"Listening on {fixture.Host.Address.ToString().TrimEnd('/')}", lines);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await TestHost.StartAsync<RouteFunctions>();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

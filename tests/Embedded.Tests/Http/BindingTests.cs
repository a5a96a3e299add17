using System.Net;
using System.Text;
using BuildFunctions.Embedded.Tests.Hosting;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class BindingTests(BindingTests.Fixture fixture) : IClassFixture<BindingTests.Fixture>
{
    [Theory]
    [InlineData("/api/body/north", """{"name":"nail","count":3}""", """{"shop":"north","name":"nail","count":3}""")]
    [InlineData("/api/body/north", """{"NAME":"nail","Count":"3"}""", """{"shop":"north","name":"nail","count":3}""")]
    [InlineData("/api/BodyAlone", """{"name":"nail","count":3}""", "Order { Name = nail, Count = 3 }")]
    public async Task A_body_is_read_by_the_rules_of_MVC(string path, string body, string answer)
    {
        using var response = await fixture.Host.Client.PostAsync(path, Json(body));

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json", """{"name":""", 400)]
    [InlineData("application/json", """{"count":"many"}""", 400)]
    [InlineData("application/json", "", 400)]
    [InlineData("application/json", "[]", 400)]
    [InlineData("text/plain", "nail", 415)]
    [InlineData("application/xml", "<a/>", 415)]
    public async Task A_body_that_cannot_be_read_is_answered_with_a_problem_document(string type, string body, int status)
    {
        using var response = await fixture.Host.Client.PostAsync("/api/body/north", new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_context_knows_the_function_the_route_and_the_request() =>
        Assert.Equal("Context httpTrigger 42 True True True", await fixture.Host.Client.GetStringAsync("/api/context/42"));

    [Fact]
    public async Task Request_and_response_data_are_a_view_of_the_request()
    {
        using var response = await fixture.Host.Client.PostAsync("/api/Data?q=a%20b", Json("""{"name":"nail","count":3}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("a b", response.Headers.GetValues("X-Query").Single());
        Assert.StartsWith("seen=yes", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("""{"Name":"nail","Count":3}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Several", 409)]
    [InlineData("Text", 200)]
    [InlineData("Poco", 200)]
    [InlineData("Nothing", 200)]
    [InlineData("Void", 204)]
    [InlineData("Throws", 500)]
    [InlineData("WritesInSync", 500)]
    public async Task A_return_value_that_is_no_result_leaves_the_body_empty(string name, int status)
    {
        using var response = await fixture.Host.Client.GetAsync($"/api/{name}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public Task A_fault_after_the_response_has_started_breaks_the_connection_off() =>
        Assert.ThrowsAsync<HttpRequestException>(() => fixture.Host.Client.GetAsync("/api/ThrowsLate"));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await TestHost.StartAsync<BindingFunctions>();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

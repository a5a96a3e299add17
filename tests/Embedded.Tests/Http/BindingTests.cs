using BuildFunctions.Embedded.Tests.Hosting;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class BindingTests(BindingTests.Fixture fixture) : IClassFixture<BindingTests.Fixture>
{
    [Fact]
    public async Task The_context_knows_the_function_the_route_and_the_request() =>
        Assert.Equal("Context httpTrigger 42 True True True", await fixture.Host.Client.GetStringAsync("/api/context/42"));

    [Theory]
    [InlineData("Text", 200)]
    [InlineData("Object", 200)]
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

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await TestHost.StartAsync<BindingFunctions>();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}

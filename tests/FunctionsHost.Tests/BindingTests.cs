using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Tests;

[Collection(nameof(KitchenSinkHost))]
public sealed class BindingTests(KitchenSinkHost kitchen)
{
    private readonly HttpClient _client = kitchen.Client;

    [Fact]
    public async Task HttpRequest_KnowsHostPathQueryAndClient()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "request?a=%C3%A4&b=1%2B1") { Headers = { Host = "site.example" } };
        using var response = await _client.SendAsync(request);
        var seen = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("site.example", seen.GetProperty("host").GetString());
        Assert.Equal("http", seen.GetProperty("scheme").GetString());
        Assert.Equal("/kitchen/request", seen.GetProperty("path").GetString());
        Assert.Equal("?a=%C3%A4&b=1%2B1", seen.GetProperty("query").GetString());
        Assert.Equal("127.0.0.1", seen.GetProperty("client").GetString());
    }

    [Fact]
    public async Task ForwardedHeadersFromOutside_AreNotBelieved()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "request");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Forwarded", "for=203.0.113.7");
        using var response = await _client.SendAsync(request);
        var seen = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("127.0.0.1", seen.GetProperty("client").GetString());
        Assert.Equal("http", seen.GetProperty("scheme").GetString());
        Assert.Equal("", seen.GetProperty("forwarded").GetString());
        Assert.Equal(_client.BaseAddress!.Authority, seen.GetProperty("host").GetString());
    }

    [Fact]
    public async Task HttpRequestData_ReadsAndAnswers()
    {
        using var response = await _client.PostAsync("request-data", new StringContent("a body"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("POST", Assert.Single(response.Headers.GetValues("X-Method")));
        Assert.Equal("a body", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FunctionContextAndCancellation_AreBound()
    {
        var seen = await _client.GetFromJsonAsync<JsonElement>("context");
        Assert.Equal(("ContextOnly", true, true), (seen.GetProperty("function").GetString(), seen.GetProperty("same").GetBoolean(), seen.GetProperty("canBeCanceled").GetBoolean()));
    }

    [Theory]
    [InlineData("items/7", 7, null)]
    [InlineData("items/7/seven", 7, "seven")]
    public async Task RouteValues_AreBound(string path, int id, string? name)
    {
        var seen = await _client.GetFromJsonAsync<JsonElement>(path);
        Assert.Equal((id, name), (seen.GetProperty("id").GetInt32(), seen.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task FromBody_IsBound()
    {
        using var response = await _client.PutAsJsonAsync("body", new { name = "spoon", count = 3 });
        var item = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("SPOON", 3), (item.GetProperty("name").GetString(), item.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task NothingReturned_AnswersEmpty()
    {
        using var response = await _client.GetAsync("nothing");
        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("yes", Assert.Single(response.Headers.GetValues("X-Seen")));
    }

    [Theory]
    [InlineData("files/readme", "literal GET")]
    [InlineData("files/readme/more", "GET readme/more")]
    [InlineData("files/a%20b/c", "GET a b/c")]
    public async Task Routes_LiteralsComeBeforeCatchAll(string path, string answer) => Assert.Equal(answer, await _client.GetStringAsync(path));

    [Theory]
    [InlineData("GET", "unknown")]
    [InlineData("GET", "items/seven")]
    [InlineData("DELETE", "items/7")]
    [InlineData("GET", "disabled")]
    [InlineData("GET", "/request")]
    public async Task UnknownPathOrMethod_Answers404(string method, string path)
    {
        using var response = await _client.SendAsync(new(new(method), path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task FunctionThatThrows_Answers500()
    {
        using var response = await _client.GetAsync("throw");
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task FunctionThatThrowsInMidAnswer_CutsTheAnswer()
    {
        using var response = await _client.GetAsync("throw-late", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<IOException>(async () => await (await response.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task WorkersLogsAndOutput_PassThrough()
    {
        Assert.Contains("Printed by the worker before anything else.", kitchen.Host.Lines);
        Assert.EndsWith(" warn: KitchenSink.TimerFunctions[0] A tick, past due: False.", await kitchen.Host.LineAsync(new("A tick, past due")), StringComparison.Ordinal);
    }
}

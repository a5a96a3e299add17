using System.Net;
using System.Text.Json.Nodes;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Access;

/// <summary>Every operation of the API document, by what the document says of it.</summary>
public sealed class EndpointTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    [Fact]
    public async Task Every_operation_that_is_not_public_refuses_a_stranger()
    {
        foreach (var operation in (await OperationsAsync()).Where(operation => operation.Needs is not null))
        {
            using var answer = await SendAsync(usual.Stranger, operation);
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
            Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        }
    }

    [Fact]
    public async Task Every_operation_refuses_a_token_with_a_lesser_right_and_names_the_one_it_needs()
    {
        var above = (await OperationsAsync()).Where(operation => operation.Needs is > Right.Read).ToList();
        Assert.True(above.Count > 20, $"{above.Count}");
        foreach (var needs in above.GroupBy(operation => operation.Needs!.Value))
        {
            using var client = await usual.Broker.ClientAsync(needs.Key - 1);
            foreach (var operation in needs)
            {
                using var answer = await SendAsync(client, operation);
                var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
                Assert.Equal($"{needs.Key}".ToLowerInvariant(), problem.Fields!["needs"].GetString());
            }
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/healthz")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/api/apps")]
    [InlineData("GET", "/no/such/thing")]
    [InlineData("DELETE", "/api/apps")]
    [InlineData("POST", "/_build/callback")]
    public async Task Every_answer_under_the_brokers_name_tells_browsers_to_do_nothing_with_it(string method, string path)
    {
        using var answer = await usual.Stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_refused_with_a_code()
    {
        using var answer = await usual.Http.DeleteAsync("/api/apps");

        await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, ErrorCode.MethodNotAllowed);
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    private async Task<List<Operation>> OperationsAsync()
    {
        var document = JsonNode.Parse(await usual.Stranger.GetStringAsync("/openapi.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               let right = (string?)operation.Value!["security"]?[0]!["token"]![0]
               select new Operation(operation.Key.ToUpperInvariant(), path.Key, right is null ? null : Enum.Parse<Right>(right, ignoreCase: true)),
        ];
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Operation operation)
    {
        var path = operation.Path.Replace("{id}", "bld_00000000000000000000000000", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        return await client.SendAsync(request);
    }

    private sealed record Operation(string Method, string Path, Right? Needs);
}

using System.Net;
using System.Net.Http.Headers;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Limits;

[Collection(SharedBrokerCollection.Name)]
public sealed class BodyTests(SharedBroker shared)
{
    private static readonly string[] _changing = ["post", "put", "patch", "delete"];

    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task No_function_but_those_that_stream_takes_more_than_it_says()
    {
        var taking = shared.Host.Get<EndpointCatalog>().Endpoints
            .Where(endpoint => !endpoint.Description.Streams && endpoint.Methods.Any(method => _changing.Contains(method))).ToList();
        Assert.NotEmpty(taking);
        Assert.All(taking, endpoint => Assert.InRange(endpoint.Description.LargestBody, 1, 256 * 1024));
        foreach (var endpoint in taking)
        {
            var path = endpoint.Route.Replace("{", "").Replace("}", "").Replace("?", "");
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Methods.First(method => _changing.Contains(method)).ToUpperInvariant()), path)
            {
                Content = new ByteArrayContent(new byte[endpoint.Description.LargestBody + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            using var answer = await Http.SendAsync(request);
            await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.Validation);
        }
    }
}

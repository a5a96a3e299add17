using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

[Collection(SharedBrokerCollection.Name)]
public sealed partial class HeaderTests(SharedBroker shared)
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/healthz")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/api/apps")]
    [InlineData("GET", "/api/builds/nonsense")]
    [InlineData("GET", "/no/such/thing")]
    [InlineData("DELETE", "/api/apps")]
    [InlineData("POST", "/_build/callback")]
    [InlineData("GET", "/_durable/")]
    [InlineData("GET", "/runtime/webhooks/durabletask/instances")]
    public async Task Every_answer_under_the_brokers_name_tells_browsers_to_do_nothing_with_it(string method, string path)
    {
        using var answer = await shared.Host.Stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_styles_of_the_first_page_are_the_ones_that_its_policy_names()
    {
        using var answer = await shared.Host.Stranger.GetAsync("/");
        var style = Style().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("style=", await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}

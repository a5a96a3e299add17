using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

internal static class Tokens
{
    public static async Task<Token> TokenAsync(this HttpClient http, Right right, params string[] apps)
    {
        using var answer = await http.TryTokenAsync(right, apps);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Token))!;
    }

    public static Task<HttpResponseMessage> TryTokenAsync(this HttpClient http, Right right, params string[] apps) => http.PostAsync("/api/tokens", JsonContent.Create(
        new TokenRequest { Label = $"{right} for {apps.Length}", Right = right, Apps = apps.Length == 0 ? null : [.. apps.Select(Name)] }, ContractsJson.Default.TokenRequest));

    /// <summary>A client that sends a new token.</summary>
    public static async Task<HttpClient> ClientAsync(this BrokerHost host, Right right, params string[] apps) => host.With((await host.Http.TokenAsync(right, apps)).Secret!);

    public static HttpClient With(this BrokerHost host, string secret) => new()
    {
        BaseAddress = host.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret) },
    };

    private static AppName Name(string text) => AppName.TryParse(text, out var app) ? app : throw new ArgumentException(text);
}

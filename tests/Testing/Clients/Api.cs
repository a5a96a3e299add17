using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using Xunit;

namespace BuildFunctions.Testing.Clients;

/// <summary>The API in the words of the tests.</summary>
public static class Api
{
    /// <summary>Prints 'ready'. A log begins with the command itself, which therefore must not hold the word.</summary>
    public const string SayReady = "echo rea''dy";

    public const string MakePage = "mkdir -p out && echo built > out/index.html";

    public static string NewApp() => $"app-{Guid.NewGuid():N}"[..20];

    public static async Task<HttpResponseMessage> TryTriggerAsync(this HttpClient http, BuildRequest request, string? key = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/builds") { Content = JsonContent.Create(request, ContractsJson.Default.BuildRequest) };
        if (key is not null)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        return await http.SendAsync(message);
    }

    public static async Task<Build> TriggerAsync(this HttpClient http, BuildRequest request, string? key = null)
    {
        using var answer = await http.TryTriggerAsync(request, key);
        return await answer.BuildAsync(HttpStatusCode.Accepted);
    }

    /// <summary>A build that waits for its source.</summary>
    public static Task<Build> TriggerAsync(this HttpClient http, string command = MakePage, Func<BuildRequest, BuildRequest>? also = null)
    {
        var request = new BuildRequest { App = NewApp(), Command = command, Output = "out" };
        return http.TriggerAsync(also?.Invoke(request) ?? request);
    }

    public static async Task<Build> StartAsync(this HttpClient http, string command = MakePage, Func<BuildRequest, BuildRequest>? also = null)
    {
        var build = await http.TriggerAsync(command, also);
        using var answer = await http.UploadAsync(build, TestSource.Page());
        return await answer.BuildAsync();
    }

    public static async Task<Build> RunAsync(this HttpClient http, string command = MakePage, Func<BuildRequest, BuildRequest>? also = null) =>
        await http.EndOfAsync(await http.StartAsync(command, also));

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient http, Build build, byte[] source) =>
        http.PutAsync($"/api/builds/{build.Id}/source", new ByteArrayContent(source));

    public static async Task<Build> ReadAsync(this HttpClient http, Build build, int wait = 0)
    {
        using var answer = await http.GetAsync($"/api/builds/{build.Id}?wait={wait}");
        return await answer.BuildAsync();
    }

    public static async Task<Build> EndOfAsync(this HttpClient http, Build build)
    {
        var ended = await http.ReadAsync(build, wait: 60);
        for (var again = 0; again < 2 && !ended.Status.IsFinal(); again++)
        {
            ended = await http.ReadAsync(build, wait: 60);
        }

        Assert.True(ended.Status.IsFinal(), $"{ended.Id} is {ended.Status}/{ended.Phase} after three minutes: {ended.Reason}");
        return ended;
    }

    public static async Task<Build> BuildAsync(this HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize(text, ContractsJson.Default.Build)!;
    }

    /// <summary>A refusal: the status, the document's type, its code.</summary>
    public static async Task<Problem> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal(Problem.ContentType, answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, ContractsJson.Default.Problem)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal((int)status, problem.Status);
        Assert.NotEmpty(problem.Title);
        return problem;
    }

    public static IEnumerable<string> FaultyFields(this Problem problem) =>
        problem.Fields!["errors"].EnumerateArray().Select(fault => fault.GetProperty("field").GetString()!);

    public static async Task<Token> TokenAsync(this HttpClient http, Right right, params string[] apps)
    {
        using var answer = await http.TryTokenAsync(right, apps);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Token))!;
    }

    public static Task<HttpResponseMessage> TryTokenAsync(this HttpClient http, Right right, params string[] apps) => http.PostAsync("/api/tokens", JsonContent.Create(
        new TokenRequest { Label = $"{right} for {apps.Length}", Right = right, Apps = apps.Length == 0 ? null : [.. apps.Select(Name)] }, ContractsJson.Default.TokenRequest));

    private static AppName Name(string text) => AppName.TryParse(text, out var app) ? app : throw new ArgumentException(text);
}

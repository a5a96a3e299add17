using System.Net;
using System.Net.Http.Headers;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.BlackBox.Callbacks;

/// <summary>Calls as the builder of an attempt does. A local run finds the attempt's token beside itself and the test takes it from there.</summary>
internal sealed class Builder(TestBroker broker, Build build, string token, Gate gate) : IDisposable
{
    public Build Build => build;

    public string Token => token;

    /// <param name="then">What the run does after it was let go.</param>
    public static async Task<Builder> StartAsync(TestBroker broker, string then = Api.MakePage)
    {
        var left = broker.NewPath("token");
        var gate = new Gate(broker);
        var build = await broker.Http.StartAsync($"cp \"$HOME/../control/authorization\" '{left}'; {Api.SayReady}; {gate.Wait}; {then}");
        await broker.Http.UntilLoggedAsync(build, "ready");
        var token = (await File.ReadAllTextAsync(left)).Trim()["Authorization: Bearer ".Length..];
        return new Builder(broker, build, token, gate);
    }

    /// <summary>Lets the run go on.</summary>
    public void LetGo() => gate.Open();

    public void Dispose() => gate.Dispose();

    public async Task<HttpStatusCode> SayAsync(string status, byte[]? artifact = null)
    {
        using var answer = await PostAsync($"{build.Id}", token, status, artifact is null ? null : Form(artifact));
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(HttpContent? content) => PostAsync($"{build.Id}", token, "success", content);

    public Task<HttpResponseMessage> PostAsync(string id, string presented, string status = "success", HttpContent? content = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/_build/callback") { Content = content };
        request.Headers.Add("X-Build-ID", id);
        request.Headers.Add("X-Build-Status", status);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {presented}");
        return broker.Stranger.SendAsync(request);
    }

    public static MultipartFormDataContent Form(byte[] artifact) =>
        new() { { new ByteArrayContent(artifact) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/gzip") } }, "artifact", "artifact.tar.gz" } };
}

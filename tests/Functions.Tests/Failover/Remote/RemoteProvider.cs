using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Functions.Tests.Failover.Remote;

/// <summary>The provider over <see cref="RemoteService"/>, as one over a real service would be written: it maps answers to failures and keeps nothing.</summary>
internal class RemoteProvider(string name, RemoteService service) : IBuildProvider
{
    protected HttpClient Http { get; } = new() { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(1) };

    public string Name => name;

    public ProviderCapabilities Capabilities { get; } = new() { LiveLogs = false, PullsArtifact = true, LostGrace = TimeSpan.FromMilliseconds(200) };

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(true));

    public async Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/runs")
        {
            Headers = { { "Idempotency-Key", $"{request.Id}" }, { "X-Broker", request.Broker }, { "X-Token", secrets.CallbackToken } },
        };
        using var answer = await SendAsync(message, cancellationToken);
        return HandleOf((await answer!.Content.ReadFromJsonAsync<RemoteRun>(cancellationToken))!);
    }

    public async Task<RunPoll> PollAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/runs/{handle.RunId}");
        using var answer = await SendAsync(message, cancellationToken);
        var state = answer is null ? RunState.Lost : (await answer.Content.ReadFromJsonAsync<RemoteRun>(cancellationToken))!.State switch
        {
            RemoteRun.Running => RunState.Running,
            RemoteRun.Succeeded => RunState.Succeeded,
            RemoteRun.Failed => RunState.Failed,
            _ => RunState.Cancelled,
        };
        return new RunPoll { Status = new RunStatus { State = state, Step = "build", ExitCode = state == RunState.Failed ? 3 : null }, Next = cursor };
    }

    public Task WaitForChangeAsync(RunHandle handle, LogCursor cursor, CancellationToken cancellationToken) => Task.Delay(50, cancellationToken);

    public async Task CancelAsync(RunHandle handle, bool force, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/runs/{handle.RunId}/cancel");
        using var _ = await SendAsync(message, cancellationToken);
    }

    public async Task<Stream> OpenArtifactAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/runs/{handle.RunId}/artifact");
        return await (await SendAsync(message, cancellationToken) ?? throw new WorkerLostException("gone")).Content.ReadAsStreamAsync(cancellationToken);
    }

    public async Task CleanUpAsync(RunHandle handle, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, $"/runs/{handle.RunId}");
        using var _ = await SendAsync(message, cancellationToken);
    }

    protected RunHandle HandleOf(RemoteRun run) => new() { Provider = name, RunId = run.Id };

    /// <summary>Null where there is no such run.</summary>
    protected async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        var answer = await Http.SendAsync(message, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using var refused = answer;
        var retryAfter = refused.Headers.RetryAfter?.Delta;
        return refused.StatusCode switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.TooManyRequests => throw new TransientException(ErrorCode.BuildQuotaExceeded, $"{name}'s quota is used up.", retryAfter) { NothingStarted = true },
            HttpStatusCode.ServiceUnavailable => throw new TransientException(ErrorCode.ProviderUnavailable, $"{name} is down for maintenance.", retryAfter) { NothingStarted = true },
            >= HttpStatusCode.InternalServerError => throw new TransientException(ErrorCode.ProviderUnavailable, $"{name} answers {(int)refused.StatusCode}."),
            _ => throw new RejectedException(ErrorCode.ProviderRejected, $"{name} refused: {(int)refused.StatusCode}.", [new FailureField("status", (int)refused.StatusCode)]),
        };
    }
}

namespace BuildFunctions.Testing.SecretScan;

/// <summary>Keeps every answer that goes through a client, its headers too.</summary>
public sealed class SeenAnswers(AnswerLog log) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var call = $"answer to {request.Method} {request.RequestUri?.AbsolutePath}";
        log.Add(call, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        log.Add($"headers of the {call}", $"{answer.Headers}{answer.Content.Headers}");
        return answer;
    }
}

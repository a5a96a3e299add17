namespace BuildFunctions.Testing.SecretScan;

/// <summary>Shows a scanner every answer that goes through a client, its headers too.</summary>
public sealed class SeenAnswers(SecretScanner scanner) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (scanner)
        {
            scanner.Look($"answer to {request.Method} {request.RequestUri?.AbsolutePath}", body);
            scanner.Look($"headers of the answer to {request.Method} {request.RequestUri?.AbsolutePath}", $"{answer.Headers}{answer.Content.Headers}");
        }

        return answer;
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace BuildFunctions.BlackBox.Running;

/// <summary>Notes which error codes the brokers answered, so that the report can tell which none did.</summary>
internal sealed partial class SeenCodes(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ConcurrentDictionary<string, bool> _codes = new();

    public static IReadOnlyCollection<string> All => [.. _codes.Keys];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            foreach (Match code in Code().Matches(await answer.Content.ReadAsStringAsync(cancellationToken)))
            {
                _codes[code.Groups[1].Value] = true;
            }
        }

        return answer;
    }

    [GeneratedRegex("\"code\":\"([A-Z_]+)\"")]
    private static partial Regex Code();
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>The Durable extension's management routes, for whoever has the key.</summary>
internal sealed class DurableWebhookEndpoint(JobHostRunner jobs, IOptions<FunctionsHostOptions> options)
{
    public async Task AnswerAsync(HttpContext http)
    {
        if (!IsAllowed(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (jobs.Durable is not { } durable)
        {
            await FunctionForwarder.RefuseAsync(http);
            return;
        }

        using var request = Request(http);
        using var response = await durable.ConvertAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        response.Headers.Concat(response.Content.Headers).ToList().ForEach(header => http.Response.Headers[header.Key] = header.Value.ToArray());
        await response.Content.CopyToAsync(http.Response.Body);
    }

    private static HttpRequestMessage Request(HttpContext http)
    {
        var request = new HttpRequestMessage(new(http.Request.Method), http.Request.GetEncodedUrl()) { Content = new StreamContent(http.Request.Body) };
        foreach (var (name, values) in http.Request.Headers)
        {
            IEnumerable<string?> all = values;
            _ = request.Headers.TryAddWithoutValidation(name, all) || request.Content.Headers.TryAddWithoutValidation(name, all);
        }

        return request;
    }

    private bool IsAllowed(HttpRequest request)
    {
        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return options.Value.SystemKey is { Length: > 0 } key &&
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
    }
}

using System.Net;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Broker;

internal static class ProblemReader
{
    private const int Limit = 256 * 1024;

    /// <summary>Null when a gateway answered because the broker did not.</summary>
    public static async Task<Problem?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is Problem.ContentType or "application/json" && await DocumentAsync(response, cancellationToken) is { } problem)
        {
            return problem;
        }

        return response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? null
            : new Problem
            {
                Code = CodeOf(response.StatusCode),
                Status = (int)response.StatusCode,
                Title = $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} without saying why; is a broker there?",
            };
    }

    private static async Task<Problem?> DocumentAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var document = new byte[Limit];
        var length = await body.ReadAtLeastAsync(document, Limit, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(document.AsSpan(0, length), ContractsJson.Default.Problem);
        }
        catch (JsonException)
        {
            // Not a problem document: the status alone has to do.
            return null;
        }
    }

    private static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ErrorCode.Validation,
        HttpStatusCode.Unauthorized => ErrorCode.Unauthenticated,
        HttpStatusCode.Forbidden => ErrorCode.Forbidden,
        HttpStatusCode.NotFound => ErrorCode.NotFound,
        HttpStatusCode.Conflict => ErrorCode.Conflict,
        HttpStatusCode.RequestEntityTooLarge => ErrorCode.SourceTooLarge,
        HttpStatusCode.TooManyRequests => ErrorCode.QueueFull,
        _ => ErrorCode.Internal,
    };
}

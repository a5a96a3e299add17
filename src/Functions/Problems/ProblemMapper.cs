using System.Net.Sockets;
using System.Text.Json;
using Azure;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Problems;

/// <summary>The HTTP edge's one mapping from what went wrong to what the client is told.</summary>
internal static class ProblemMapper
{
    private const int StorageRetry = 5;

    public static Problem? Map(Exception exception) => exception switch
    {
        BrokerFailure failure => Of(failure.Code, failure.Message, [.. failure.Fields.Select(field => (field.Name, field.Value)), .. RetryAfter(failure)]),
        JsonException json => Of(ErrorCode.Validation, "The body is not the JSON that was expected.", [Fault(json)]),
        BadHttpRequestException bad => Of(ErrorCode.Validation, bad.Message) with { Status = bad.StatusCode },
        _ when IsStorageAway(exception) => Of(
            ErrorCode.StorageUnavailable, "The broker's storage does not answer. Send the request again in a moment.", [("retryAfter", JsonSerializer.SerializeToElement(StorageRetry))]),
        _ => null,
    };

    public static Problem Of(string code, string detail, IReadOnlyList<(string Name, JsonElement Value)>? fields = null) => new()
    {
        Code = code,
        Status = StatusOf(code),
        Title = TitleOf(code),
        Detail = detail,
        Fields = fields is { Count: > 0 } ? fields.ToDictionary(field => field.Name, field => field.Value) : null,
    };

    public static Problem Invalid(params ValidationFault[] faults) => Of(
        ErrorCode.Validation,
        string.Join(" ", faults.Select(fault => fault.Message)),
        [("errors", JsonSerializer.SerializeToElement(faults, Contracts.ContractsJson.Default.ValidationFaultArray))]);

    /// <summary>Where it is, in the sender's words; the serializer's own message names types of ours.</summary>
    private static (string Name, JsonElement Value) Fault(JsonException json)
    {
        var path = json.Path is { Length: > 2 } inside ? inside.TrimStart('$', '.') : null;
        var fault = path is null
            ? new ValidationFault("body", $"The JSON breaks off or is wrong at line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}.")
            : new ValidationFault(path, $"'{path}' cannot have this value.");
        return ("errors", JsonSerializer.SerializeToElement([fault], Contracts.ContractsJson.Default.ValidationFaultArray));
    }

    /// <summary>No answer, or one that says to come back: also for the engine, which cannot own its hub then.</summary>
    private static bool IsStorageAway(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.All(IsStorageAway),
        OperationCanceledException or TimeoutException or HttpRequestException or SocketException => true,
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled } => true,
        { InnerException: { } inner } => IsStorageAway(inner),
        _ => false,
    };

    private static IEnumerable<(string Name, JsonElement Value)> RetryAfter(BrokerFailure failure) =>
        failure is TransientException { RetryAfter: { } delay } ? [("retryAfter", JsonSerializer.SerializeToElement((int)Math.Ceiling(delay.TotalSeconds)))] : [];

    private static int StatusOf(string code) => code switch
    {
        ErrorCode.Validation or ErrorCode.SourceInvalid or ErrorCode.ArtifactInvalid => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.Conflict => StatusCodes.Status409Conflict,
        ErrorCode.SourceTooLarge or ErrorCode.ArtifactTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.BuildNotConfigured or ErrorCode.BuildFailed or ErrorCode.ProviderRejected => StatusCodes.Status422UnprocessableEntity,
        ErrorCode.QueueFull or ErrorCode.BuildQuotaExceeded or ErrorCode.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCode.ProviderUnavailable or ErrorCode.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCode.StorageFull => StatusCodes.Status507InsufficientStorage,
        ErrorCode.BuildTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string TitleOf(string code) => code switch
    {
        ErrorCode.ArtifactInvalid => "The artifact was refused",
        ErrorCode.ArtifactTooLarge => "The artifact is too large",
        ErrorCode.BuildFailed => "The build failed",
        ErrorCode.BuildNotConfigured => "No build provider is set up",
        ErrorCode.BuildQuotaExceeded => "The provider's quota is used up",
        ErrorCode.BuildTimeout => "The build took too long",
        ErrorCode.Conflict => "This cannot be done in the present state",
        ErrorCode.Forbidden => "The token does not allow this",
        ErrorCode.MethodNotAllowed => "This path takes other methods",
        ErrorCode.NotFound => "There is no such thing",
        ErrorCode.ProviderRejected => "The provider refused the build",
        ErrorCode.ProviderUnavailable => "The provider does not answer",
        ErrorCode.QueueFull => "The queue is full",
        ErrorCode.RateLimited => "Too many requests",
        ErrorCode.SourceInvalid => "The source was refused",
        ErrorCode.SourceTooLarge => "The source is too large",
        ErrorCode.StorageFull => "The broker's storage budget is used up",
        ErrorCode.StorageUnavailable => "The broker's storage does not answer",
        ErrorCode.Unauthenticated => "A token is needed",
        ErrorCode.Validation => "The request is not valid",
        ErrorCode.WorkerLost => "The machine that ran the build is gone",
        _ => "Something went wrong in the broker",
    };
}

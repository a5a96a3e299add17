using System.Text.Json;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Problems;

/// <summary>The HTTP edge's one mapping from what went wrong to what the client is told.</summary>
internal static class ProblemMapper
{
    public static Problem? Map(Exception exception) => exception switch
    {
        BrokerFailure failure => Of(failure.Code, failure.Message, [.. failure.Fields.Select(field => (field.Name, field.Value)), .. RetryAfter(failure)]),
        JsonException json => Of(ErrorCode.Validation, "The body is not the JSON that was expected.", [Fault(json.Path ?? "body", json.Message)]),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } bad => Of(ErrorCode.SourceTooLarge, bad.Message),
        BadHttpRequestException bad => Of(ErrorCode.Validation, bad.Message),
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

    private static (string Name, JsonElement Value) Fault(string field, string message) =>
        ("errors", JsonSerializer.SerializeToElement([new ValidationFault(field, message)], Contracts.ContractsJson.Default.ValidationFaultArray));

    private static IEnumerable<(string Name, JsonElement Value)> RetryAfter(BrokerFailure failure) =>
        failure is TransientException { RetryAfter: { } delay } ? [("retryAfter", JsonSerializer.SerializeToElement((int)Math.Ceiling(delay.TotalSeconds)))] : [];

    private static int StatusOf(string code) => code switch
    {
        ErrorCode.Validation or ErrorCode.SourceInvalid or ErrorCode.ArtifactInvalid => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.Conflict => StatusCodes.Status409Conflict,
        ErrorCode.SourceTooLarge or ErrorCode.ArtifactTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.BuildNotConfigured or ErrorCode.BuildFailed or ErrorCode.ProviderRejected => StatusCodes.Status422UnprocessableEntity,
        ErrorCode.QueueFull or ErrorCode.BuildQuotaExceeded => StatusCodes.Status429TooManyRequests,
        ErrorCode.ProviderUnavailable => StatusCodes.Status503ServiceUnavailable,
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
        ErrorCode.NotFound => "There is no such thing",
        ErrorCode.ProviderRejected => "The provider refused the build",
        ErrorCode.ProviderUnavailable => "The provider does not answer",
        ErrorCode.QueueFull => "The queue is full",
        ErrorCode.SourceInvalid => "The source was refused",
        ErrorCode.SourceTooLarge => "The source is too large",
        ErrorCode.Unauthenticated => "A token is needed",
        ErrorCode.Validation => "The request is not valid",
        ErrorCode.WorkerLost => "The machine that ran the build is gone",
        _ => "Something went wrong in the broker",
    };
}

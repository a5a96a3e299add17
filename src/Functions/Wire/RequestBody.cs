using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Wire;

internal static class RequestBody
{
    public static async Task<T> ReadJsonAsync<T>(this HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
        {
            throw Invalid("Content-Type", "Send JSON, with 'Content-Type: application/json'.");
        }

        return await JsonSerializer.DeserializeAsync(request.Body, type, cancellation)
            ?? throw Invalid("body", "The body is empty.");
    }

    public static RejectedException Invalid(string field, string message) => Invalid(new ValidationFault(field, message));

    public static RejectedException Invalid(params ValidationFault[] faults) => new(
        ErrorCode.Validation,
        string.Join(" ", faults.Select(fault => fault.Message)),
        [new FailureField("errors", JsonSerializer.SerializeToElement(faults, ContractsJson.Default.ValidationFaultArray))]);
}

using System.Text.Json;
using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>Failures that carry text from a run or a provider.</summary>
public static class RedactedFailures
{
    /// <summary>The same failure, without secrets in its message and fields; what caused it is left out, since it may repeat them.</summary>
    public static BrokerFailure Redact(this SecretRedactor redactor, BrokerFailure failure)
    {
        var message = redactor.Redact(failure.Message);
        FailureField[] fields = [.. failure.Fields.Select(field => new FailureField(field.Name, Redact(redactor, field.Value)))];
        return failure switch
        {
            RejectedException => new RejectedException(failure.Code, message, fields),
            TransientException transient => new TransientException(failure.Code, message, transient.RetryAfter, fields) { NothingStarted = transient.NothingStarted },
            _ => new WorkerLostException(message, fields),
        };
    }

    private static JsonElement Redact(SecretRedactor redactor, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonSerializer.SerializeToElement(redactor.Redact(value.GetString()!)) : value;
}

namespace BuildFunctions.Embedded.Http;

/// <summary>The caller's fault: answered with this status and a problem document.</summary>
internal sealed class RequestRejectedException(int status, string detail) : FunctionInputConverterException(detail)
{
    public int Status { get; } = status;

    public IDictionary<string, string[]>? Errors { get; init; }
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A parameter of a function could not be read from what triggered it.</summary>
public class FunctionInputConverterException(string? message, Exception? innerException) : FunctionWorkerException(message, innerException)
{
    public FunctionInputConverterException(string? message)
        : this(message, null)
    {
    }
}

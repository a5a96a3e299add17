using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>The function threw. The Durable extension reads the failure's type and details out of this form of text.</summary>
internal sealed class FunctionFailedException(StatusResult result)
    : Exception($"Result: Failure\nException: {result.Exception?.Message}\nStack: {result.Exception?.StackTrace}");

namespace BuildFunctions.Cli.Failures;

internal sealed class UnreachableException(Uri broker, Exception cause) : Exception($"No broker answers at {broker}: {cause.Message}", cause);

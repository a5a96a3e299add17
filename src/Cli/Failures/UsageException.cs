namespace BuildFunctions.Cli.Failures;

internal sealed class UsageException(string message) : Exception(message);

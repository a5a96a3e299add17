namespace BuildFunctions.Broker.Tests.Retention;

internal sealed class DeadException : Exception;

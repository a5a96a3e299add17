namespace BuildFunctions.FunctionsHost;

/// <summary>The host cannot run this app with these settings; the message says what to change.</summary>
internal sealed class HostStartException(string message) : Exception(message);

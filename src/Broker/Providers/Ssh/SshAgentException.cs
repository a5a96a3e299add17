namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>The server was reached and could not do what it was told.</summary>
internal sealed class SshAgentException(string verb, int? exit, string reason)
    : Exception(reason.Length > 0 ? reason : $"'{verb}' ended with {(exit is { } code ? $"exit code {code}" : "a signal")} on the server.")
{
    /// <summary>Null where it was killed, or its end was never told.</summary>
    public int? Exit => exit;
}

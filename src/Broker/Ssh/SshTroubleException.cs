namespace BuildFunctions.Broker.Ssh;

/// <summary>A machine could not be used; the message is for people and holds nothing that the machine has said.</summary>
public sealed class SshTroubleException(SshTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public SshTrouble Trouble { get; } = trouble;

    /// <summary>How long it is left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nothing was sent over the connection, as there was none.</summary>
    public bool NothingSent => Trouble is SshTrouble.Unreachable or SshTrouble.HostKey or SshTrouble.Login or SshTrouble.Resting;
}

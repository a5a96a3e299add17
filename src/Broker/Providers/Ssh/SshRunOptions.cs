namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>How builds run on build servers.</summary>
public sealed class SshRunOptions
{
    /// <summary>Between the request to stop and the end by force. Default 5 seconds.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How much builds yield to everything else on the server, 0 to 19. Default 5.</summary>
    public int Nice { get; set; } = 5;
}

namespace BuildFunctions.Broker.Builds;

/// <summary>Limits of builds.</summary>
public sealed class BuildOptions
{
    /// <summary>How long a build may run on a provider unless the request says less or more. Default 10 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest timeout that a request may ask for. Default 1 hour.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a build waits for its source to be uploaded. Default 15 minutes.</summary>
    public TimeSpan SourceTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a build waits for a slot. Default 6 hours.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long a cancelled run may take to stop before it is forced. Default 15 seconds.</summary>
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a build waits for the word that its cancelled run has stopped, before it ends with a warning. Default 2 minutes.</summary>
    public TimeSpan CancelTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a build that no provider takes waits before it asks again; the wait grows to two minutes. Default 30 seconds.</summary>
    public TimeSpan ProviderRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The provider of builds that name none. Default: the only one that is set up, if there is one.</summary>
    public string? DefaultProvider { get; set; }

    /// <summary>Attempts after an infrastructure failure, over all providers of a build. Default 3.</summary>
    public int MaxAttempts { get; set; } = 3;
}

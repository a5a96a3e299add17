namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>Settings of this host itself, under <c>FunctionsHost</c> (<c>FunctionsHost__Drain</c> in the environment).</summary>
internal sealed class FunctionsHostOptions
{
    /// <summary>How long running invocations may go on after SIGTERM; then they are cancelled.</summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A proxy in front sets X-Forwarded-For, -Proto and -Host, and nobody else can reach this host: what they say is passed on.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>The key of <c>/runtime/webhooks/**</c>; without one these routes refuse everybody.</summary>
    public string? SystemKey { get; set; }

    /// <summary>This host's name among those that share a task hub. The machine's name and the port if not set: a host that is started again takes its leases back at once.</summary>
    public string? WorkerName { get; set; }
}

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Nothing here is retried by the host.</summary>
internal sealed class NoRetryContext : RetryContext
{
    public static NoRetryContext Instance { get; } = new();

    public override int RetryCount => 0;

    public override int MaxRetryCount => 0;
}

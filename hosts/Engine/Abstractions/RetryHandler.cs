namespace Microsoft.DurableTask;

/// <summary>Decides after a failed attempt whether to try again.</summary>
public delegate bool RetryHandler(RetryContext retryContext);

namespace Microsoft.DurableTask;

/// <summary>Decides after a failed attempt whether to try again; runs inside the orchestration.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

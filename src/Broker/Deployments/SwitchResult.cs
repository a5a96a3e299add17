namespace BuildFunctions.Broker.Deployments;

/// <param name="Live">What is live now, whoever made it so; where a request was repeated under its key, what it made live.</param>
public sealed record SwitchResult(SwitchOutcome Outcome, LivePointer Live);

namespace BuildFunctions.Broker.Deployments;

/// <param name="Live">What is live now, whoever made it so.</param>
public sealed record SwitchResult(SwitchOutcome Outcome, LivePointer Live);

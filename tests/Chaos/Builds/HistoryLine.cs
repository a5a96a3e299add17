namespace BuildFunctions.Chaos.Builds;

/// <summary>One switch of an app's live pointer.</summary>
internal sealed record HistoryLine(string Sequence, string Deployment, string Reason, string? Build, DateTimeOffset At);

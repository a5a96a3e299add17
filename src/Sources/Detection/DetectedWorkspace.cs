namespace BuildFunctions.Sources.Detection;

/// <summary>The monorepo around an app: where it is installed from, and which of its folders are apps.</summary>
public sealed record DetectedWorkspace(string Root, string Tool, IReadOnlyList<string> Apps);

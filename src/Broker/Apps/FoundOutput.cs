namespace BuildFunctions.Broker.Apps;

/// <summary>The folder that a build of the app made, where its plan had guessed another.</summary>
public sealed record FoundOutput(string Guess, string Folder);

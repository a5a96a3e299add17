namespace BuildFunctions.Broker.Ssh;

/// <summary>What a command wrote and how it ended.</summary>
/// <param name="Exit">Null where a signal ended it.</param>
/// <param name="Errors">The beginning of what it wrote to its error output.</param>
public sealed record SshAnswer(int? Exit, ReadOnlyMemory<byte> Output, string Errors);

namespace BuildFunctions.Contracts.Retention;

/// <param name="Names">The first of them.</param>
public sealed record RetentionRemoval(string Kind, int Count, long Bytes, IReadOnlyList<string> Names);

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed record Shelf(string Name);

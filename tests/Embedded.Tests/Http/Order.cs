namespace BuildFunctions.Embedded.Tests.Http;

public sealed record Order(string Name, int Count);

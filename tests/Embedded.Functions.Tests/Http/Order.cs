namespace BuildFunctions.Embedded.Functions.Tests.Http;

public sealed record Order(string Name, int Count);

namespace BuildFunctions.EndToEnd.Tests.Broker;

public sealed record BfResult(int Code, string Output, string Error);

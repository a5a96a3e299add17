namespace BuildFunctions.Functions.Catalog;

/// <summary>An HTTP function of this app, as its attributes describe it.</summary>
public sealed record Endpoint(string Function, string Route, IReadOnlyList<string> Methods, EndpointAttribute Description);

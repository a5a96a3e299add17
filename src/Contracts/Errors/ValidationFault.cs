namespace BuildFunctions.Contracts.Errors;

/// <summary>One fault of a request: where, and what is wrong.</summary>
public sealed record ValidationFault(string Field, string Message);

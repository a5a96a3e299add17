namespace BuildFunctions.Broker.Provenance;

/// <param name="Builder">Who says it.</param>
/// <param name="Now">When it is said.</param>
/// <param name="Hash">Equal for equal texts, and nobody else can try which text it is of.</param>
internal sealed record StatementTerms(string Builder, DateTimeOffset Now, Func<string, string> Hash);

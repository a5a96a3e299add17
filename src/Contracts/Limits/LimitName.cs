namespace BuildFunctions.Contracts.Limits;

/// <summary>The limits that a client looks at itself.</summary>
public static class LimitName
{
    public const string SourceBytes = "sources.maxBytes";
    public const string SourceFileBytes = "sources.maxFileBytes";
}

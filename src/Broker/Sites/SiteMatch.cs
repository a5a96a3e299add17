namespace BuildFunctions.Broker.Sites;

/// <summary>What a path leads to: a file with a status, or another path relative to it.</summary>
internal readonly record struct SiteMatch(int Status, SiteFile? File = null, string? Location = null);

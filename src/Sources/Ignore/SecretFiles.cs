namespace BuildFunctions.Sources.Ignore;

/// <summary>Files that are made to hold secrets, which no source carries: secrets are given to a build by name.</summary>
public static class SecretFiles
{
    public static bool IsOne(string name) => name.StartsWith(".env", StringComparison.OrdinalIgnoreCase);
}

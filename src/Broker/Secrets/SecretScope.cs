using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Secrets;

/// <summary>Whose builds may ask for a secret: one app's, or every app's.</summary>
public readonly record struct SecretScope
{
    private SecretScope(AppName? app) => App = app;

    public static SecretScope Everyone { get; }

    public AppName? App { get; }

    /// <summary>The partition of its rows; no app's name has a bar in it.</summary>
    internal string Partition => App is { } app ? $"app|{app}" : "everyone";

    public static SecretScope Of(AppName app) => new(app);
}

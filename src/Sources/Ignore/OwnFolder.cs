namespace BuildFunctions.Sources.Ignore;

/// <summary>What bf keeps beside an app for itself; it is never sent.</summary>
public static class OwnFolder
{
    public const string Name = ".buildfunctions";
}

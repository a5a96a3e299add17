namespace BuildFunctions.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "BuildFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No BuildFunctions.sln above {from}.");
    }
}

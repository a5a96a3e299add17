namespace BuildFunctions.Testing.Broker;

/// <summary>The programs as ./dev publishes them for their users.</summary>
public static class Published
{
    public static string Cli => Find("cli", "bf");

    public static string Screenshots => Path.Combine(RepositoryRoot.Path, ".dev", "screenshots");

    private static string Find(string folder, string name)
    {
        var program = Path.Combine(RepositoryRoot.Path, ".dev", folder, name);
        return File.Exists(program) ? program : throw new InvalidOperationException($"{program} is not there: './dev test EndToEnd.Tests' publishes it.");
    }
}

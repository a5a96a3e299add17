namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>The command line: <c>[APP_FOLDER] [--urls URL] [--setting NAME=VALUE …]</c>.</summary>
/// <param name="Folder">The app; if not given, the folder that AzureWebJobsScriptRoot names, else the current one.</param>
internal sealed record HostArguments(string Folder, string? Urls, IReadOnlyDictionary<string, string?> Settings)
{
    private const string Usage = "usage: BuildFunctions.FunctionsHost [APP_FOLDER] [--urls http://127.0.0.1:7071] [--setting NAME=VALUE …]";

    public static HostArguments Parse(string[] arguments, string? scriptRoot)
    {
        string? folder = null, urls = null;
        var settings = new Dictionary<string, string?>();
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--urls":
                    urls = Next(arguments, ref i);
                    break;
                case "--setting" when Next(arguments, ref i).Split('=', 2) is [{ Length: > 0 } name, var value]:
                    settings[name] = value;
                    break;
                case var argument when folder is null && !argument.StartsWith('-'):
                    folder = argument;
                    break;
                default:
                    throw new HostStartException($"'{arguments[i]}' is not understood.\n{Usage}");
            }
        }

        return new(Path.GetFullPath(folder ?? scriptRoot ?? "."), urls, settings);
    }

    private static string Next(string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new HostStartException($"{arguments[i - 1]} needs a value.\n{Usage}");
}

using BuildFunctions.Cli.Failures;

namespace BuildFunctions.Cli.Commands;

internal static class NameValue
{
    /// <summary>The last of a name counts.</summary>
    public static Dictionary<string, string> Read(string option, IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var parts = pair.Split('=', 2);
            values[parts[0]] = parts is [{ Length: > 0 }, var value] ? value : throw new UsageException($"{option} wants NAME=VALUE, not '{pair}'.");
        }

        return values;
    }
}

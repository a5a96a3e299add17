using BuildFunctions.Cli.Failures;

namespace BuildFunctions.Cli.Projects;

/// <summary>A file of <c>NAME=VALUE</c> lines, as <c>.env</c> files are written: comments, <c>export</c>, values in quotes.</summary>
internal static class EnvFile
{
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> lines)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            // The line itself is not repeated: it may be the secret.
            var parts = (line.StartsWith("export ", StringComparison.Ordinal) ? line[7..] : line).Split('=', 2);
            values[parts[0].Trim()] = parts is [{ Length: > 0 }, var value] ? Unquote(value.Trim()) : throw new UsageException($"Line {number} of the file is not NAME=VALUE.");
        }

        return values.Count > 0 ? values : throw new UsageException("The file sets nothing.");
    }

    private static string Unquote(string value) => value switch
    {
        ['\'', .. var inner, '\''] => inner,
        ['"', .. var inner, '"'] => inner.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
        _ => value,
    };
}

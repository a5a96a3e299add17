using System.Text;

namespace BuildFunctions.Contracts.Builds;

/// <summary>How many variables a build may be given, and how long they may be together: as much as every provider takes, and as a build's plan is stored with.</summary>
public static class BuildEnvironment
{
    public const int MostVariables = 200;

    /// <summary>Of names and values in UTF-8.</summary>
    public const int MostBytes = 64 * 1024;

    /// <returns>What is too much, as the end of a sentence that begins with where it is; null where nothing is.</returns>
    public static string? Excess(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.Count > MostVariables)
        {
            return $"has {variables.Count} variables; {MostVariables} are the most";
        }

        var bytes = variables.Sum(variable => (long)Encoding.UTF8.GetByteCount(variable.Key) + Encoding.UTF8.GetByteCount(variable.Value ?? ""));
        return bytes > MostBytes ? $"has {bytes} bytes of names and values; {MostBytes} are the most" : null;
    }
}

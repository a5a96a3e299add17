using System.Text.RegularExpressions;
using BuildFunctions.Testing;

namespace BuildFunctions.Infra.Tests.Images;

/// <summary>The instructions of a Dockerfile, continued lines joined, comments gone.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(IReadOnlyList<(string Name, string Value)> instructions) => Instructions = instructions;

    public IReadOnlyList<(string Name, string Value)> Instructions { get; }

    public static Dockerfile Read(string file)
    {
        var lines = File.ReadLines(Path.Combine(RepositoryRoot.Path, "infra", file)).Where(line => !line.TrimStart().StartsWith('#'));
        var joined = Continued().Replace(string.Join('\n', lines), " ");
        return new([.. joined.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ', 2) is [var name, var value]
            ? (name, value.Trim())
            : throw new InvalidOperationException($"{file}: '{line}' is no instruction."))]);
    }

    public IEnumerable<string> Of(string name) => Instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Value);

    /// <summary>The last one is the one that counts.</summary>
    public string Last(string name) => Of(name).Last();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();
}

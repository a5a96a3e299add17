namespace BuildFunctions.Engine.Hub;

/// <summary>What an instance id may look like: the rules of Durable Functions, and no half of a surrogate pair.</summary>
internal static class InstanceIds
{
    private const int Longest = 256;

    public static string? Verify(string? id) =>
        id is null or { Length: > 0 and <= Longest } && id?.StartsWith('@') != true && id?.Any(IsForbidden) != true && IsWellFormed(id)
            ? id
            : throw new ArgumentException(
                $"An instance id has 1 to {Longest} characters, does not start with @, and has no / \\ # ? or control characters.", nameof(id));

    private static bool IsForbidden(char c) => c is '/' or '\\' or '#' or '?' || char.IsControl(c);

    private static bool IsWellFormed(string? id) => id?.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar) != true || id.Contains('\uFFFD');
}

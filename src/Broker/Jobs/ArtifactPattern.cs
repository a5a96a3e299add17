using System.Text;

namespace BuildFunctions.Broker.Jobs;

/// <summary>
/// What a job collects, as <c>find</c> is told: <c>*</c> stays inside a folder, <c>**</c> does not. A pattern of one name is looked for at the top, or everywhere
/// where it is none but a pattern, such as <c>*.ko</c>.
/// </summary>
internal static class ArtifactPattern
{
    private const int Longest = 200;

    public static bool IsValid(string pattern) =>
        pattern.Length is > 0 and <= Longest && pattern[0] != '/' && !pattern.Any(char.IsControl) && !pattern.Split('/').Any(part => part is ".." or "" or ".");

    /// <summary>An extended expression for a path that begins with <c>./</c>.</summary>
    public static string ToExpression(string pattern)
    {
        var everywhere = !pattern.Contains('/', StringComparison.Ordinal) && pattern.Contains('*', StringComparison.Ordinal);
        var expression = new StringBuilder(everywhere ? @"\./(.*/)?" : @"\./");
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest.StartsWith("**/"))
            {
                expression.Append("(.*/)?");
                at += 2;
            }
            else if (rest.StartsWith("**"))
            {
                expression.Append(".*");
                at++;
            }
            else
            {
                expression.Append(Letter(pattern[at]));
            }
        }

        return expression.ToString();
    }

    private static string Letter(char letter) => letter switch
    {
        '*' => "[^/]*",
        '?' => "[^/]",
        _ when @"\.[]{}()+^$|".Contains(letter, StringComparison.Ordinal) => $@"\{letter}",
        _ => $"{letter}",
    };
}

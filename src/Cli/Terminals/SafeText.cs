using System.Buffers;
using System.Text.RegularExpressions;

namespace BuildFunctions.Cli.Terminals;

/// <summary>Text from outside must not move the cursor, set the title or hide characters.</summary>
internal static partial class SafeText
{
    private const string Reset = "\x1b[0m";

    private static readonly SearchValues<char> _suspect = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4))
            .Select(code => (char)code).Where(c => c is not ('\t' or '\n'))]);

    public static string Clean(string text, bool keepColor)
    {
        if (text.AsSpan().IndexOfAny(_suspect) < 0)
        {
            return text;
        }

        var coloured = false;
        var clean = Sequences().Replace(text, match =>
        {
            var keep = keepColor && match.Groups["colour"].Success;
            coloured |= keep;
            return keep ? match.Value : "";
        });
        return coloured ? clean + Reset : clean;
    }

    [GeneratedRegex(
        @"(?<colour>\x1b\[[0-9;]*m)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sequences();
}

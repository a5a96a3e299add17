using System.Text.RegularExpressions;
using Spectre.Console.Rendering;

namespace BuildFunctions.Cli.Terminals;

/// <summary>Which columns of a table a terminal has room for: first the extra ones go, from the right, then words are cut.</summary>
internal static partial class TableLayout
{
    private const int LeastText = 12;

    /// <summary>Between two columns: a blank, a line, a blank.</summary>
    private const int Rule = 3;

    /// <summary>Null where what may not be cut is wider than the terminal.</summary>
    public static IReadOnlyList<FittedColumn>? Fit(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows, int room)
    {
        var natural = columns.Select((column, index) => rows.Select(row => WidthOf(row[index])).Append(WidthOf(column.Heading)).Max()).ToArray();
        var least = columns.Select((column, index) => column.IsText ? Math.Min(natural[index], LeastOf(column, index, rows)) : natural[index]).ToArray();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (Total(shown, least) > room && shown.FindLastIndex(index => columns[index].IsExtra) is >= 0 and var extra)
        {
            shown.RemoveAt(extra);
        }

        return Total(shown, least) > room ? null : [.. Widen(shown, natural, least, room)];
    }

    /// <summary>The text, or as many of its words as there is room for.</summary>
    public static string Cut(string text, int width)
    {
        if (WidthOf(text) <= width)
        {
            return text;
        }

        var most = text.Length;
        while (most > 0 && WidthOf(text[..most]) > width - 1)
        {
            most--;
        }

        var word = text.LastIndexOf(' ', Math.Max(most - 1, 0));
        return $"{text[..(word > 0 ? word : most)]}…";
    }

    private static int Total(List<int> shown, int[] widths) => shown.Sum(index => widths[index] + Rule) + 1;

    /// <summary>What room is left goes to the columns that were to be cut, from the left.</summary>
    private static IEnumerable<FittedColumn> Widen(List<int> shown, int[] natural, int[] least, int room)
    {
        var left = room - Total(shown, least);
        foreach (var index in shown)
        {
            var more = Math.Min(left, natural[index] - least[index]);
            left -= more;
            yield return new FittedColumn(index, least[index] + more);
        }
    }

    /// <summary>A cell that begins with an id or an address is cut behind it, if at all.</summary>
    private static int LeastOf(Column column, int index, IReadOnlyList<string[]> rows) => rows
        .Select(row => Whole().Match(row[index]))
        .Select(match => match.Success ? match.Length + 1 : 0)
        .Append(LeastText).Append(WidthOf(column.Heading)).Max();

    private static int WidthOf(string text) => new Segment(text).CellCount();

    [GeneratedRegex(@"^(?:[a-z]{3}_\w+|[a-z]+://\S+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();
}

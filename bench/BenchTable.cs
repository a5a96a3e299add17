using System.Globalization;
using BuildFunctions.Testing;

namespace BuildFunctions.Bench;

/// <summary>Figures beside what they are to be: printed, and kept as a Markdown table.</summary>
internal sealed class BenchTable(TextWriter output)
{
    private readonly List<string> _rows = ["| what | figure | ratio | bar | met |", "|---|---|---|---|---|"];

    public void Add(string what, string figure) => Row(what, figure, "", "", "");

    /// <summary>The bar is the most that <paramref name="value"/> may be; with <paramref name="isLeast"/> the least.</summary>
    public void Add(string what, string figure, double value, double bar, string unit, bool isLeast = false) => Row(
        what, figure, $"{Number(value)} {unit}", $"{(isLeast ? "at least" : "at most")} {bar.ToString(CultureInfo.InvariantCulture)} {unit}",
        (isLeast ? value >= bar : value <= bar) ? "yes" : "NO");

    public Task SaveAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "bench", "results")).FullName;
        return File.WriteAllLinesAsync(Path.Combine(folder, name + ".md"), _rows);
    }

    public static string Number(double value) => value.ToString(value < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);

    public static double Median(IReadOnlyCollection<double> values) => Percentile(values, 50);

    public static double Percentile(IReadOnlyCollection<double> values, int percent) => values.Order().ElementAt(values.Count * percent / 100);

    private void Row(params string[] cells)
    {
        _rows.Add($"| {string.Join(" | ", cells)} |");
        output.WriteLine(string.Join(" | ", cells.Where(cell => cell.Length > 0)));
    }
}

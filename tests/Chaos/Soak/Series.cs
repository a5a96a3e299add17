using System.Globalization;

namespace BuildFunctions.Chaos.Soak;

/// <summary>One figure over the time of a soak.</summary>
internal sealed class Series(string name, double allowance)
{
    private readonly List<(double Minute, double Value)> _points = [];

    public void Add(double minute, double value) => _points.Add((minute, value));

    /// <summary>Whether the last third lies above the first by more than a tenth and the allowance; the start, which only fills up, does not count.</summary>
    /// <param name="filling">How many minutes the start is.</param>
    public (bool Flat, string Text) Judge(double filling)
    {
        var points = _points.SkipWhile(point => point.Minute < filling).ToList();
        if (points.Count < 6)
        {
            return (true, $"{name,-28} too few samples");
        }

        var (first, last) = (points.Take(points.Count / 3).Average(point => point.Value), points.TakeLast(points.Count / 3).Average(point => point.Value));
        var flat = last <= (first * 1.1) + allowance;
        return (flat, string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} first third {first,10:0.0}   last third {last,10:0.0}   {Slope(points),9:+0.00;-0.00} a minute   {(flat ? "flat" : "grows")} (flat is at most {(first * 1.1) + allowance:0.0})"));
    }

    private static double Slope(List<(double Minute, double Value)> points)
    {
        var (minute, value) = (points.Average(point => point.Minute), points.Average(point => point.Value));
        var spread = points.Sum(point => (point.Minute - minute) * (point.Minute - minute));
        return spread == 0 ? 0 : points.Sum(point => (point.Minute - minute) * (point.Value - value)) / spread;
    }
}

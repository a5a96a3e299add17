using System.Globalization;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Harness;

/// <summary>The harness' <c>steps</c> file: one line a step, the last of them perhaps not yet whole.</summary>
public static class HarnessSteps
{
    public static IReadOnlyList<LogStep> Parse(string text)
    {
        var steps = new List<LogStep>();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var offset, var time]
                && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                steps.Add(new(name, at, DateTimeOffset.FromUnixTimeSeconds(seconds)));
            }
        }

        return steps;
    }
}

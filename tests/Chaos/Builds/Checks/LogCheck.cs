using System.Text.RegularExpressions;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds.Checks;

/// <summary>The numbered lines of a log: all of them, in order, once; those of a cancelled build up to some line.</summary>
internal static partial class LogCheck
{
    public static void Check(Journey journey, Build build, string log, Action<bool, string> check)
    {
        var lines = log.Split('\n').Where(line => Numbered().IsMatch(line)).ToList();
        var wanted = build.Attempts.Count > 0 ? CaseSource.Lines(journey.Case).ToList() : [];
        if (build.Status == BuildStatus.Cancelled)
        {
            wanted = [.. wanted.Take(lines.Count)];
        }

        var wrong = lines.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
        check(
            lines.SequenceEqual(wanted),
            $"has {lines.Count} of {wanted.Count} lines in its log; after {wrong} comes '{lines.ElementAtOrDefault(wrong)}' and not '{wanted.ElementAtOrDefault(wrong)}'");
        check(journey.Followed is null || build.Id.ToString() != journey.Id || journey.Followed == log, $"was followed as a log of {journey.Followed?.Length} characters and has one of {log.Length}");
    }

    [GeneratedRegex(@"^line \d+ of \d+$")]
    private static partial Regex Numbered();
}

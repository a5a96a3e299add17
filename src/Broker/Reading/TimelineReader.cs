using System.Globalization;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Reading;

/// <summary>
/// All that happened to a build, what became of its deployment among it: that is read from the app's history, which is written with the live
/// pointer, so that the two never tell different stories.
/// </summary>
public sealed class TimelineReader(BuildStore builds, IDeploymentStore deployments)
{
    private const int Switches = 1000;

    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(BuildId id, CancellationToken cancellation)
    {
        if (await builds.FindAsync(id, cancellation) is not { } build)
        {
            return [];
        }

        var entries = await builds.TimelineAsync(id, cancellation);
        if (build.Deployment is not { } deployment || !build.Status.IsFinal())
        {
            return entries;
        }

        var ended = build.FinishedAt ?? build.CreatedAt;
        var later = Switched(await deployments.HistoryAsync(build.App, Switches, cancellation), deployment).Where(entry => entry.At > ended).OrderBy(entry => entry.At);
        return [.. entries, .. later];
    }

    /// <summary>One entry a line; a detail cannot pass for a line of its own.</summary>
    public static string Text(TimelineEntry entry)
    {
        var took = entry.Duration is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000}s") : "";
        var detail = string.Concat((entry.Detail ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter));
        return $"{entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {took,12}  {entry.Event}{(entry.Attempt is { } attempt ? $" ({attempt})" : "")}{(detail.Length > 0 ? $": {detail}" : "")}\n";
    }

    /// <param name="history">The newest first.</param>
    private static IEnumerable<TimelineEntry> Switched(IReadOnlyList<LiveSwitch> history, DeploymentId deployment)
    {
        for (var i = 0; i < history.Count; i++)
        {
            var line = history[i];
            if (line.Deployment == deployment && line.Reason != SwitchReason.Build)
            {
                yield return new TimelineEntry { At = line.At, Event = $"{line.Reason}".ToLowerInvariant(), Detail = $"{deployment} is live again" };
            }
            else if (line.Deployment != deployment && i + 1 < history.Count && history[i + 1].Deployment == deployment)
            {
                yield return new TimelineEntry { At = line.At, Event = "replaced", Detail = $"{line.Deployment} is live ({$"{line.Reason}".ToLowerInvariant()})" };
            }
        }
    }
}

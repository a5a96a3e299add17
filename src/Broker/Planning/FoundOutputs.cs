using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;

namespace BuildFunctions.Broker.Planning;

/// <summary>Output folders that runs have found where plans could only guess. The next build of the app looks there first.</summary>
public sealed class FoundOutputs(AppStore apps, BuildJournal journal)
{
    public async Task<string?> FindAsync(BuildPlan plan, CancellationToken cancellation) =>
        (await apps.FindAsync(plan.App, cancellation))?.Found is { } found && found.Guess == GuessOf(plan) ? found.Folder : null;

    /// <summary>Noted with the build; kept for the app only by a build that may go live, since it decides for those.</summary>
    public async Task KeepAsync(BuildPlan plan, string folder, CancellationToken cancellation)
    {
        await journal.NoteAsync(
            plan.Build,
            "output-found",
            $"{folder}: the build made it, and {plan.Output} was a guess",
            cancellation,
            also: build => build with { Output = folder });
        if (plan.GoesLive)
        {
            await apps.KeepAsync(plan.App, new FoundOutput(GuessOf(plan), folder), cancellation);
        }
    }

    private static string GuessOf(BuildPlan plan) => $"{plan.Root}: {plan.CacheKey.Parts["output"]}";
}

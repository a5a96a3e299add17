namespace BuildFunctions.Broker.Queue;

/// <summary>Why a build waits, for people.</summary>
internal static class QueueWords
{
    public static string Why(SlotPool? full, int limit, int aheadOfThisApp, int aheadOfOthers)
    {
        var ahead = (aheadOfThisApp, aheadOfOthers) switch
        {
            (0, 0) => null,
            (_, 0) => $"{Builds(aheadOfThisApp)} of this app go{Singular(aheadOfThisApp)} first",
            (0, _) => $"{Builds(aheadOfOthers)} of other apps go{Singular(aheadOfOthers)} first",
            _ => $"{Builds(aheadOfThisApp)} of this app and {aheadOfOthers} of other apps go first",
        };
        return (full, ahead) switch
        {
            (null, null) => "a slot is free, the build is about to start",
            (null, _) => ahead,
            ({ } pool, null) => Taken(pool, limit),
            ({ } pool, _) => $"{Taken(pool, limit)}; {ahead}",
        };
    }

    public static string Why(IReadOnlyList<(string Name, int Slots)> servers) => servers.Count == 1
        ? Taken(new(SlotPoolKind.Server, servers[0].Name), servers[0].Slots)
        : $"all {servers.Sum(server => server.Slots)} slots of the servers {string.Join(", ", servers.Select(server => server.Name))} are taken";

    private static string Taken(SlotPool pool, int limit) =>
        limit == 1 ? $"the one slot of {NameOf(pool)} is taken" : $"all {limit} slots of {NameOf(pool)} are taken";

    private static string NameOf(SlotPool pool) => pool.Kind switch
    {
        SlotPoolKind.App => $"the app '{pool.Name}'",
        SlotPoolKind.Server => $"the server {pool.Name}",
        _ => pool.Name,
    };

    private static string Builds(int count) => count == 1 ? "1 build" : $"{count} builds";

    private static string Singular(int count) => count == 1 ? "es" : "";
}

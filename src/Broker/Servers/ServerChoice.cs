using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>The servers that would do for a build, the best first, and what is to be said of the others.</summary>
internal sealed record ServerChoice(IReadOnlyList<KnownServer> Open, IReadOnlyList<ServerFit> Refused)
{
    private const int MostTold = 5;

    /// <summary>None of them will do tomorrow either.</summary>
    public bool IsHopeless => Open.Count == 0 && Refused.All(fit => fit.Lasting);

    /// <summary>Pure. First where something of the app is left that its build can use, then where most is free.</summary>
    /// <param name="running">The builds on each server.</param>
    public static ServerChoice Of(
        IEnumerable<KnownServer> known, ServerNeeds? needs, string app, IReadOnlyDictionary<string, int> running, ServerOptions options, DateTimeOffset now)
    {
        var fits = known.Select(one => ServerFit.Of(one, needs, options, now)).ToLookup(fit => fit.Refusal is null);
        return new(
            [
                .. fits[true].Select(fit => fit.Known)
                    .OrderByDescending(one => IsWarm(one, app))
                    .ThenBy(one => (double)running.GetValueOrDefault(one.Server.Name) / one.Server.Slots)
                    .ThenByDescending(one => one.Health?.DiskFree)
                    .ThenBy(one => one.Server.Name, StringComparer.Ordinal),
            ],
            [.. fits[false]]);
    }

    public string Why(string chosen, string app, IReadOnlyDictionary<string, int> running)
    {
        var server = Open.FirstOrDefault(one => one.Server.Name == chosen);
        return server is null ? $"on {chosen}"
            : $"on {chosen}: {server.Health?.Architecture}, {Math.Max(0, server.Server.Slots - running.GetValueOrDefault(chosen))} of {server.Server.Slots} slots free"
                + $"{(IsWarm(server, app) ? ", warm" : "")}{(Refused.Count > 0 ? $"; {Told()}" : "")}";
    }

    /// <summary>Why there is none.</summary>
    public string WhyNot() => Refused.Count == 0 ? "There is no build server. Add one with: bf servers add" : $"No build server takes this build: {Told()}.";

    private static bool IsWarm(KnownServer known, string app) => known.Health?.Warm.Contains(app) == true;

    private string Told() => string.Join("; ", Refused.Take(MostTold).Select(fit => $"{fit.Name} {fit.Refusal}"))
        + (Refused.Count > MostTold ? $"; and {Refused.Count - MostTold} more" : "");
}

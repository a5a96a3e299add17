using System.Globalization;
using BuildFunctions.Chaos.Builds;
using BuildFunctions.Chaos.Soak;
using BuildFunctions.Chaos.Ssh;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Chaos;

/// <summary>The command line of the campaigns against the broker; null for what cannot be understood.</summary>
internal static class Arguments
{
    public const string Usage =
        """
        usage: chaos [engine] [--kills N] [--seed S] [--instances N]
               chaos builds [--kills N] [--hosts N] [--seed S] [--setting NAME=VALUE]...
               chaos soak [--minutes M] [--every SECONDS-SECONDS] [--rate BUILDS-A-MINUTE] [--hosts N] [--seed S] [--setting NAME=VALUE]...
               chaos ssh [--faults N] [--seed S]
        BF_HOST says which host is meant, embedded or functions; of the embedded one there is one on a storage.
        """;

    public static CampaignOptions? Builds(string[] args)
    {
        if (Named(args) is not { } named || named.Any(one => one.Name is not ("--kills" or "--hosts" or "--seed" or "--setting")))
        {
            return null;
        }

        return Number(named, "--kills", 20) is { } kills and > 0 && Hosts(named) is { } hosts && Number(named, "--seed", Random.Shared.Next()) is { } seed && Settings(named) is { } settings
            ? new CampaignOptions { Kills = kills, Hosts = hosts, Seed = seed, Settings = settings }
            : null;
    }

    public static SoakOptions? Soak(string[] args)
    {
        if (Named(args) is not { } named || named.Any(one => one.Name is not ("--minutes" or "--every" or "--rate" or "--hosts" or "--seed" or "--setting")))
        {
            return null;
        }

        return Number(named, "--minutes", 10) is { } minutes and > 0 && Number(named, "--rate", 30) is { } rate and > 0 && Number(named, "--seed", Random.Shared.Next()) is { } seed
            && Every(named) is { } every && Hosts(named) is { } hosts && Settings(named) is { } settings
            ? new SoakOptions { Minutes = minutes, Every = every, Rate = rate, Hosts = hosts, Seed = seed, Settings = settings }
            : null;
    }

    public static SshOptions? Ssh(string[] args) =>
        Named(args) is { } named && named.All(one => one.Name is "--faults" or "--seed")
        && Number(named, "--faults", 30) is { } faults and > 0 && Number(named, "--seed", Random.Shared.Next()) is { } seed
            ? new SshOptions(faults, seed)
            : null;

    private static (int Least, int Most)? Every(List<(string Name, string Value)> named) =>
        (named.LastOrDefault(one => one.Name == "--every").Value ?? "5-40").Split('-') is [var least, var most]
        && int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from <= to
            ? (from, to)
            : null;

    private static List<(string Name, string Value)>? Named(string[] args) =>
        args.Length % 2 == 0 ? [.. args.Chunk(2).Select(pair => (pair[0], pair[1]))] : null;

    private static int? Number(List<(string Name, string Value)> named, string name, int otherwise) =>
        named.LastOrDefault(one => one.Name == name) is not { Value: { } text } ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    /// <summary>The embedded host has its hub for itself; a second one would only stand by.</summary>
    private static int? Hosts(List<(string Name, string Value)> named) =>
        Number(named, "--hosts", 1) is { } hosts and >= 1 && (hosts == 1 || PublishedHost.Chosen.Kind == HostKind.Functions) ? hosts : null;

    private static Dictionary<string, string>? Settings(List<(string Name, string Value)> named)
    {
        var pairs = named.Where(one => one.Name == "--setting").Select(one => one.Value.Split('=', 2)).ToList();
        return pairs.All(pair => pair.Length == 2) ? pairs.ToDictionary(pair => pair[0], pair => pair[1]) : null;
    }
}

using System.Globalization;

namespace BuildFunctions.Broker.Queue;

/// <summary>The servers that would do for a build, the best first, each with its slots. As text, so that two lists of the same are the same.</summary>
public sealed record OpenServers(string Text)
{
    public static OpenServers Of(IEnumerable<(string Name, int Slots)> servers) =>
        new(string.Join(' ', servers.Select(server => string.Create(CultureInfo.InvariantCulture, $"{server.Name}:{server.Slots}"))));

    internal IEnumerable<(string Name, int Slots)> List => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Split(':'))
        .Select(pair => (pair[0], int.Parse(pair[1], CultureInfo.InvariantCulture)));
}

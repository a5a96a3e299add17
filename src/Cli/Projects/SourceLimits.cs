using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts.Limits;

namespace BuildFunctions.Cli.Projects;

/// <summary>What the broker takes of a source, so that one that is too large is not sent.</summary>
internal sealed record SourceLimits(long? Bytes, long? FileBytes)
{
    public static async Task<SourceLimits> ReadAsync(BrokerClient broker, CancellationToken cancellationToken)
    {
        try
        {
            var limits = await broker.LimitsAsync(cancellationToken);
            return new SourceLimits(Find(limits, LimitName.SourceBytes), Find(limits, LimitName.SourceFileBytes));
        }
        catch (ProblemException)
        {
            // A broker of an earlier version, or a token that may not ask: the broker refuses what is too large itself.
            return new SourceLimits(null, null);
        }
    }

    private static long? Find(Limit[] limits, string name) => long.TryParse(limits.FirstOrDefault(limit => limit.Name == name)?.Value, out var value) ? value : null;
}

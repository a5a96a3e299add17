using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>Whether a server would do for a build.</summary>
/// <param name="Refusal">Why not; null where it would.</param>
/// <param name="Lasting">It would not do tomorrow either.</param>
internal sealed record ServerFit(KnownServer Known, string? Refusal, bool Lasting)
{
    public string Name => Known.Server.Name;

    public static ServerFit Of(KnownServer known, ServerNeeds? needs, ServerOptions options, DateTimeOffset now) =>
        Lacks(known, needs ?? new()) is { } lack ? new(known, lack, Lasting: true) : new(known, IsAway(known, needs, options, now), Lasting: false);

    private static string? Lacks(KnownServer known, ServerNeeds needs)
    {
        var (server, health) = (known.Server, known.Health);
        var isArchitecture = needs.Architecture is not { } wanted
            || (server.Architectures.Count > 0 ? server.Architectures.Contains(wanted) : health?.Architecture is not { } own || own == wanted || Crosses(health, wanted));
        return needs.Name is { } name && name != server.Name ? "is another"
            : !isArchitecture ? $"does not build for {needs.Architecture}"
            : needs.Labels?.FirstOrDefault(label => !server.Labels.Contains(label)) is { } label ? $"has no label '{label}'"
            : health?.SeenAt is null ? null
            : needs.Toolchains?.FirstOrDefault(tool => !Has(health, tool)) is { } tool ? $"lacks {tool}"
            : needs.Image is not null && health.Engine is null ? "has no container engine that works"
            : null;
    }

    private static string? IsAway(KnownServer known, ServerNeeds? needs, ServerOptions options, DateTimeOffset now) => known switch
    {
        { Server.Drained: true } => "is drained",
        { Health: null } => "was not asked yet",
        { Health: { Reason: { } reason } } => $"is left alone for a while: {reason}",
        { Health.ClockSkew: var skew } when Math.Abs(skew) > options.MostSkew.TotalSeconds => $"has a clock that is off by {skew:0} seconds",
        { Health.DiskFree: var free } when free < Math.Max(options.LeastDisk, needs?.Disk ?? 0) => $"has {free >> 20} MiB of free disk",
        { Health.InodesFree: var inodes and > 0 } when inodes < options.LeastInodes => $"has room for {inodes} files",
        { Health.At: var at } when now - at > options.Vanished => "was not heard of for long",
        _ => null,
    };

    /// <summary>Whether it has a compiler for another architecture.</summary>
    private static bool Crosses(ServerHealth health, string wanted) =>
        TargetArchitecture.Find(wanted) is { } target && health.Toolchains.Any(tool => tool.Name == $"{target.Prefix}gcc");

    private static bool Has(ServerHealth health, string tool) => ToolchainNeed.TryParse(tool, out var need) && health.Toolchains.Any(need.IsMetBy);
}

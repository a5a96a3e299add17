using System.Globalization;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Cli.Commands;

/// <summary>A server in words.</summary>
internal static class ServerText
{
    public static string State(Server server) => server switch
    {
        { Drained: true } => server.DrainReason is { } why ? $"drained: {why}" : "drained",
        { Health: null } => "not asked yet",
        { Health.Reason: { } reason } => reason,
        _ => "ready",
    };

    public static void Write(Terminal terminal, Server server, DateTimeOffset now)
    {
        terminal.Data($"{server.Name}: {State(server)}");
        Line("address", $"{server.User}@{(server.Host.Contains(':', StringComparison.Ordinal) ? $"[{server.Host}]" : server.Host)}:{server.Port}");
        Line("host key", server.HostKey);
        Line("workspace", server.WorkspaceRoot);
        Line("slots", $"{server.Running} of {server.Slots} taken");
        Line("labels", string.Join(' ', server.Labels));
        Line("builds for", string.Join(' ', server.Architectures));
        if (server.Health is { } health)
        {
            Line("asked", Measure.Ago(health.At, now));
            Line("machine", $"{health.Architecture}, {health.Cores} cores, {Measure.Size(health.MemoryFree)} of {Measure.Size(health.Memory)} memory free");
            Line("disk", $"{Measure.Size(health.DiskFree)} of {Measure.Size(health.Disk)} free, room for {health.InodesFree} files");
            Line("tools", string.Join(", ", health.Toolchains.Select(tool => $"{tool.Name} {tool.Version}".TrimEnd())));
            Line("containers", health.Engine is { } engine ? $"{engine.Name} {engine.Version}" : "");
            Line("clock", health.ClockSkew == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{health.ClockSkew:+0;-0} seconds off"));
            Line("rests until", health.RestsUntil is { } until ? until.ToString("u", CultureInfo.InvariantCulture) : "");
        }

        void Line(string what, string text)
        {
            if (text.Length > 0)
            {
                terminal.Data($"  {what,-12} {text}");
            }
        }
    }
}

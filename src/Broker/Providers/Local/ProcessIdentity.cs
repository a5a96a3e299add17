using System.Globalization;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>A process that cannot be mistaken for a later one with the same number: also its start time and the boot it belongs to.</summary>
internal sealed record ProcessIdentity(int Pid, long Started, string Boot)
{
    private static readonly string? _boot = LocalRunFolder.Read("/proc/sys/kernel/random/boot_id")?.Trim();

    public bool IsThisBoot => _boot is null || Boot == _boot;

    public bool IsAlive => IsThisBoot && ProcessStat.Read(Pid) is { IsZombie: false } stat && (Started == 0 || stat.Started == Started);

    public static ProcessIdentity? Parse(string? text) =>
        text?.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var pid, var started, var boot]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? new(number, time, boot)
            : null;
}

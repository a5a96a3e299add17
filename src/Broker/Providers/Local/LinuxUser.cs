using System.Globalization;
using System.Runtime.InteropServices;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>Whose a process is.</summary>
internal static class LinuxUser
{
    public static bool IsRoot => OperatingSystem.IsLinux() && EffectiveUser() == 0;

    /// <summary>The real, effective, saved and file system user of a process; none when it is gone.</summary>
    public static IEnumerable<uint> Of(int pid) => (LocalRunFolder.Read($"/proc/{pid}/status") ?? "").Split('\n')
        .FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal), "").Split('\t').Skip(1)
        .Select(text => uint.Parse(text, CultureInfo.InvariantCulture));

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>The processes of one run, also those that left its session: they have the run's user, carry its mark or stand in its folder.</summary>
internal sealed class RunProcesses(RunId run, LocalRunFolder folder)
{
    private const int Terminate = 15;
    private const int Kill = 9;

    private readonly uint? _user = LinuxUser.IsRoot ? LocalUsers.Of(run) : null;
    private readonly byte[] _mark = Encoding.ASCII.GetBytes($"BUILDFUNCTIONS_RUN={run}\0");
    private readonly byte[] _laterMark = Encoding.ASCII.GetBytes($"\0BUILDFUNCTIONS_RUN={run}\0");

    public IReadOnlyList<int> Find() => Directory.Exists("/proc")
        ? [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 1 && pid != Environment.ProcessId && IsOurs(pid))]
        : [];

    /// <summary>Whether the process that the run's own file names is the run's; a build may have written another's there.</summary>
    public bool IsHarness(ProcessIdentity process) => process.IsAlive && IsOurs(process.Pid);

    /// <summary>Asks the harness to stop; false when it is not there to be asked.</summary>
    public bool Ask(ProcessIdentity? harness) => harness is not null && IsHarness(harness) && Signal(harness.Pid, Terminate) == 0;

    public async Task EndAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        // A process may fork between the look and the signal.
        for (var round = 0; round < 100 && Find() is { Count: > 0 } left; round++)
        {
            await EndUserAsync(cancellationToken);
            foreach (var pid in left)
            {
                _ = Signal(pid, Kill);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }

    /// <summary>All processes of the run's user in one call, so that none can fork away from it.</summary>
    private async Task EndUserAsync(CancellationToken cancellation)
    {
        if (_user is not { } user)
        {
            return;
        }

        try
        {
            using var switched = Process.Start(new ProcessStartInfo("setpriv", [.. LocalUsers.Switch(new(user, user)), "/bin/sh", "-c", "kill -KILL -1"]) { RedirectStandardError = true })!;
            _ = await switched.StandardError.ReadToEndAsync(cancellation);
            await switched.WaitForExitAsync(cancellation);
        }
        catch (Win32Exception)
        {
            // Without setpriv no run has a user of its own.
        }
    }

    private bool IsOurs(int pid)
    {
        try
        {
            return ProcessStat.Read(pid) is { IsZombie: false } && (HasUser(pid) || HasMark(pid) || StandsInside(pid));
        }
        catch (Exception goneOrForeign) when (goneOrForeign is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool HasUser(int pid) => _user is { } user && LinuxUser.Of(pid).Contains(user);

    private bool HasMark(int pid) => File.ReadAllBytes($"/proc/{pid}/environ") is var environment
        && (environment.AsSpan().StartsWith(_mark) || environment.AsSpan().IndexOf(_laterMark) >= 0);

    private bool StandsInside(int pid) =>
        $"{File.ResolveLinkTarget($"/proc/{pid}/cwd", false)?.FullName}/".StartsWith(folder.Path + "/", StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}

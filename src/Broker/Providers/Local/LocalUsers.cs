using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>
/// Gives each run a user of its own, where the broker is root and this machine lets such a user work: a build can then neither touch what the broker and other
/// builds have, nor outlive its clean-up.
/// </summary>
internal sealed partial class LocalUsers(LocalOptions options, ILogger<LocalUsers> logger)
{
    // Above what systemd gives to containers; no distribution and no directory service hands these out.
    private const uint First = 0x7000_0000;
    private const uint Count = 0x0FFF_FFFE;

    // What a build needs: the same programs and certificates that the broker has, from a folder of runs.
    private const string Needs = """
        cd "$0" || exit 1
        for name in sh node npm git tar; do command -v "$name"; done
        for file in "$NODE_EXTRA_CA_CERTS" "$SSL_CERT_FILE" "$SSL_CERT_DIR"; do [ -z "$file" ] || { [ -r "$file" ] && echo "$file"; }; done
        exit 0
        """;

    private bool? _works;

    /// <returns>Null where builds run as the broker's own user.</returns>
    public async ValueTask<HarnessUser?> FindAsync(RunId run, AppName app, CancellationToken cancellation)
    {
        _works ??= options.OwnUsers != false && (LinuxUser.IsRoot || options.OwnUsers == true) && await WorksAsync(cancellation);
        return _works == true ? new(Of(run), Number($"app {app}"))
            : options.OwnUsers == true ? throw new RejectedException(ErrorCode.BuildNotConfigured, "Local builds must have users of their own, and this host cannot give them any; its log says why.")
            : null;
    }

    /// <summary>Nobody's but this run's, where runs have users.</summary>
    public static uint Of(RunId run) => Number($"run {run}");

    private async Task<bool> WorksAsync(CancellationToken cancellation)
    {
        var user = new HarnessUser(Number("probe"), Number("probe"));
        var folder = LocalRunFolder.Runs(options.Folder);
        LocalWorkspace.LetPass(options.Folder);
        var needed = await AskAsync("/bin/sh", ["-c", Needs, folder], cancellation);
        var had = needed is null ? null : await AskAsync("setpriv", [.. Switch(user), "/bin/sh", "-c", Needs, folder], cancellation);
        var guarded = LocalRunFolder.Read("/proc/sys/fs/protected_hardlinks")?.Trim() == "1";
        if (had is null || had != needed || !guarded)
        {
            Refused(logger, folder);
            return false;
        }

        return true;
    }

    internal static IEnumerable<string> Switch(HarnessUser user) =>
        ["--reuid", user.Id.ToString(CultureInfo.InvariantCulture), "--regid", user.Group.ToString(CultureInfo.InvariantCulture), "--clear-groups", "--no-new-privs"];

    /// <summary>Null where it fails.</summary>
    private async Task<string?> AskAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        options.Clear(start.Environment);
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(cancellation);
            _ = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? said : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static uint Number(string of) => First + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(of))) % Count);

    [LoggerMessage(1, LogLevel.Warning, "Builds on this host run as the broker's own user: the broker is not root, setpriv is missing, or no other user can enter {Folder} and use the same programs")]
    private static partial void Refused(ILogger logger, string folder);
}

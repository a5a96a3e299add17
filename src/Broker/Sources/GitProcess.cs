using System.Diagnostics;
using System.Text;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>git in one folder, deaf to every setting but these, and to everything the repository would have it do.</summary>
internal sealed class GitProcess(string folder, GitRemote remote, GitOptions options)
{
    private static readonly string[] _safety =
    [
        "core.hooksPath=/dev/null", "core.symlinks=false", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.excludesFile=/dev/null", "protocol.ext.allow=never",
        "submodule.recurse=false", "fetch.recurseSubmodules=false", "filter.lfs.smudge=", "filter.lfs.process=", "filter.lfs.required=false", "credential.helper=",
        "http.followRedirects=false", "http.proxy=", "gc.auto=0", "maintenance.auto=false", "init.defaultBranch=main", "init.templateDir=", "transfer.fsckObjects=true", "pack.threads=1", "index.threads=1",

        // Always one pack, so that a limit on the size of files is a limit on what comes.
        "fetch.unpackLimit=1",
    ];

    // What git itself needs, threads and mapped packs included.
    private const long Memory = 1L << 30;

    private const int MostSaid = 4096;

    // git's own files must fit.
    private const long LeastSize = 1 << 20;

    // Proxies would look the host up by themselves; git and its helpers read the rest.
    private static readonly string[] _foreign = ["http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssh_askpass"];

    private long Limit => Math.Max(options.Size, LeastSize);

    /// <summary>The beginning of what git says, for commands that say little.</summary>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var said = new byte[MostSaid];
        var length = 0;
        await ReadAsync(
            async output =>
            {
                length = await output.ReadAtLeastAsync(said, said.Length, throwOnEndOfStream: false, cancellation);
                await output.CopyToAsync(Stream.Null, cancellation);
            },
            cancellation,
            arguments);
        return Encoding.UTF8.GetString(said, 0, length);
    }

    /// <summary>As much of git's output as the reader takes; where the reader throws, git is ended.</summary>
    public async Task ReadAsync(Func<Stream, Task> reader, CancellationToken cancellation, params string[] arguments)
    {
        using var git = Process.Start(Start(arguments)) ?? throw new TransientException(ErrorCode.ProviderUnavailable, "git did not start.");
        try
        {
            // What git complains of may name an inner host and may have no end; it is taken from it, and nobody repeats it.
            var errors = git.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellation);
            await reader(git.StandardOutput.BaseStream);
            await errors;
            await git.WaitForExitAsync(cancellation);
        }
        catch (Exception)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }

        if (git.ExitCode != 0)
        {
            throw IsTooLarge()
                ? new RejectedException(ErrorCode.SourceTooLarge, $"The repository has more than {options.Size} bytes.", [new("limit", options.Size)])
                : new RejectedException(ErrorCode.SourceInvalid, $"The repository or the ref cannot be had: git {arguments[0]} ended with {git.ExitCode}.");
        }
    }

    private ProcessStartInfo Start(string[] arguments)
    {
        // Blocks of 512 bytes, KiB, seconds. Small packs can hold what takes all memory or time to look through, also when the broker that would end git has died.
        const string Limited = "ulimit -f \"$1\"; ulimit -v \"$2\" 2>/dev/null; ulimit -t \"$3\" 2>/dev/null; shift 3; exec \"$@\"";
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", Limited, "sh", $"{Limit / 512}", $"{(Memory + (2 * Limit)) / 1024}", $"{Math.Ceiling(options.Timeout.TotalSeconds)}", options.Program, .. _safety.SelectMany(setting => new[] { "-c", setting }), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = "/dev/null";
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_ALLOW_PROTOCOL"] = remote.Scheme;
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        Configure(start, [("safe.directory", folder), ("http.curloptResolve", remote.Pin), ("http.extraHeader", remote.Authorization is { } value ? $"Authorization: {value}" : null)]);
        return start;
    }

    /// <summary>Through the environment: others on this machine can read arguments.</summary>
    private static void Configure(ProcessStartInfo start, IEnumerable<(string Key, string? Value)> settings)
    {
        var count = 0;
        foreach (var (key, value) in settings.Where(setting => setting.Value is not null))
        {
            start.Environment[$"GIT_CONFIG_KEY_{count}"] = key;
            start.Environment[$"GIT_CONFIG_VALUE_{count++}"] = value;
        }

        start.Environment["GIT_CONFIG_COUNT"] = $"{count}";
    }

    /// <summary>The file that crosses the limit ends git in more than one way, but it stays and has the limit's size.</summary>
    private bool IsTooLarge() => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.Length >= Limit / 512 * 512);

    private static bool IsForeign(string name) => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) || _foreign.Contains(name, StringComparer.OrdinalIgnoreCase);
}

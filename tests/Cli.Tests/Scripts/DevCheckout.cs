using System.Diagnostics;
using System.Runtime.Versioning;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Cli.Tests.Scripts;

/// <summary>
/// A folder with the real <c>dev</c> script and programs that stand in for what it publishes: a host that listens, answers <c>/readyz</c> and writes down
/// that it was started, and a client that says where it was started and with what.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class DevCheckout : IDisposable
{
    private const string Host =
        """
        #!/usr/bin/env node
        const fs = require('fs');
        const url = new URL(process.argv[process.argv.indexOf('--urls') + 1]);
        fs.appendFileSync(process.env.BF_DATA + '/hosts', process.pid + '\n');
        fs.writeFileSync(process.env.BF_DATA + '/storage', process.env.AzureWebJobsStorage);
        const ready = Date.now() + 300;
        const server = require('http').createServer((_, answer) => { answer.statusCode = Date.now() < ready ? 503 : 200; answer.end(); });
        server.on('error', fault => { console.error(fault.stack); process.exit(1); });
        server.listen(url.port, url.hostname);
        """;

    private const string Client = "#!/bin/sh\necho \"$PWD|$*|$BF_CONFIG_DIR\"\n";

    public DevCheckout()
    {
        foreach (var folder in (string[])["src", "hosts"])
        {
            Directory.CreateDirectory(Path.Combine(Root, folder));
        }

        foreach (var file in (string[])["Directory.Build.props", "Some.targets", "BannedSymbols.txt"])
        {
            File.WriteAllText(Path.Combine(Root, file), "");
        }

        File.Copy(Path.Combine(RepositoryRoot.Path, "dev"), Script);
        Publish("host", "BuildFunctions.Embedded", Host);
        Publish("cli", "bf", Client);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("bf-dev-").FullName;

    public int Port { get; } = FreePort.Find();

    /// <summary>Of the first of the three ports of its storage; null for a broker that has its storage elsewhere.</summary>
    public int? StoragePort { get; init; }

    /// <summary>Goes before the programs of this machine.</summary>
    public string Programs => Path.Combine(Root, "programs");

    public string Data => Path.Combine(Root, ".data");

    /// <summary>The connection string that the host was given.</summary>
    public string Storage => File.ReadAllText(Path.Combine(Data, "storage"));

    public string PidFile => Path.Combine(Data, "up.pid");

    /// <summary>The processes of all hosts that were ever started here.</summary>
    public IReadOnlyList<int> Hosts => File.Exists(Path.Combine(Data, "hosts")) ? [.. File.ReadLines(Path.Combine(Data, "hosts")).Select(int.Parse)] : [];

    private string Script => Path.Combine(Root, "dev");

    public static bool Lives(int process) => Directory.Exists($"/proc/{process}") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>The real Azurite, and nothing to install.</summary>
    public DevCheckout WithAzurite()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "node_modules"), Path.Combine(RepositoryRoot.Path, "node_modules"));
        return this;
    }

    /// <summary>A program that stands in for the one of this name.</summary>
    public void Replace(string name, string program)
    {
        Directory.CreateDirectory(Programs);
        Write(Path.Combine(Programs, name), program);
    }

    /// <summary>As if the client had never been built.</summary>
    public void ForgetClient() => Directory.Delete(Path.Combine(Root, ".dev", "cli"), recursive: true);

    public Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments) => RunProgramAsync(folder, Script, arguments);

    public Task<(int Code, string Output, string Error)> RunInTerminalAsync(params string[] arguments) =>
        RunProgramAsync(Root, "script", "-qec", $"{Script} {string.Join(' ', arguments)}", "/dev/null");

    private async Task<(int Code, string Output, string Error)> RunProgramAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["BF_PORT"] = $"{Port}",
                ["BF_URL"] = "",
                ["BF_DATA"] = "",
                ["BF_HOST"] = "",
                ["BF_CONFIG_DIR"] = "config",
                ["AzureWebJobsStorage"] = StoragePort is null ? "somewhere else" : "",
                ["BF_STORAGE_PORT"] = $"{StoragePort}",
                ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}",
                ["TERM"] = "xterm",
            },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        foreach (var pid in Hosts.Concat(Remembered()).Where(Lives))
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }

        Directory.Delete(Root, recursive: true);
    }

    private IEnumerable<int> Remembered() =>
        File.Exists(PidFile) ? File.ReadAllText(PidFile).Split(' ', '\n').Select(word => int.TryParse(word, out var pid) ? pid : 0).Where(pid => pid > 0) : [];

    private void Publish(string folder, string name, string program)
    {
        var published = Directory.CreateDirectory(Path.Combine(Root, ".dev", folder)).FullName;
        var path = Path.Combine(published, name);
        Write(path, program);
        File.WriteAllText(Path.Combine(published, ".published"), "");
    }

    private static void Write(string path, string program)
    {
        File.WriteAllText(path, program);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

using System.Diagnostics;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Cli.Tests.Scripts;

/// <summary>
/// A folder with the real <c>dev</c> script and programs that stand in for what it publishes: a host that listens, answers <c>/readyz</c> and writes down
/// that it was started, and a client that says where it was started and with what.
/// </summary>
internal sealed class DevCheckout : IDisposable
{
    private const string Host =
        """
        #!/usr/bin/env node
        const fs = require('fs');
        const url = new URL(process.argv[process.argv.indexOf('--urls') + 1]);
        fs.appendFileSync(process.env.BF_DATA + '/hosts', process.pid + '\n');
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

    public string Data => Path.Combine(Root, ".data");

    public string PidFile => Path.Combine(Data, "up.pid");

    /// <summary>The processes of all hosts that were ever started here.</summary>
    public IReadOnlyList<int> Hosts => File.Exists(Path.Combine(Data, "hosts")) ? [.. File.ReadLines(Path.Combine(Data, "hosts")).Select(int.Parse)] : [];

    private string Script => Path.Combine(Root, "dev");

    public static bool Lives(int process) => Directory.Exists($"/proc/{process}") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    public async Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Script, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BF_PORT"] = $"{Port}", ["BF_URL"] = "", ["BF_DATA"] = "", ["BF_HOST"] = "", ["BF_CONFIG_DIR"] = "config", ["AzureWebJobsStorage"] = "somewhere else" },
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
        File.WriteAllText(path, program);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(published, ".published"), "");
    }
}

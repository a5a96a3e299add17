using System.Diagnostics;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Harness;

/// <summary>The harness on its own: generated into a folder and run in the foreground by a real shell.</summary>
internal sealed class HarnessRun : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public string Source => Directory.CreateDirectory(Path.Combine(_scratch.Path, "source")).FullName;

    public string Control => Directory.CreateDirectory(Path.Combine(_scratch.Path, "control")).FullName;

    public string Artifact => Path.Combine(Control, "artifact.tar.gz");

    public string Log => File.ReadAllText(Path.Combine(Control, "log"));

    public IReadOnlyList<string> Steps => [.. HarnessSteps.Parse(File.ReadAllText(Path.Combine(Control, "steps"))).Select(step => step.Name)];

    public HarnessRun With(string path, string text)
    {
        var file = Path.Combine(Source, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public async Task<HarnessResult> RunAsync(Func<RunRequest, RunRequest> configure, RunSecrets? secrets = null, Uri? source = null, string shell = "/bin/sh")
    {
        var request = configure(new()
        {
            Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
            Attempt = 1,
            App = AppName.TryParse("harness", out var app) ? app : default,
            Source = new() { Kind = SourceKind.Upload },
            Output = "dist",
        });
        var script = Path.Combine(Control, "build.sh");
        var log = Path.Combine(Control, "log");
        await File.WriteAllTextAsync(script, HarnessScript.Build(new() { Request = request, Source = source, Grace = TimeSpan.FromSeconds(1) }));
        await File.WriteAllTextAsync(Path.Combine(Control, "env.sh"), HarnessScript.Environment(request, secrets ?? RunSecrets.None));
        if (secrets?.CallbackToken is { } token)
        {
            await File.WriteAllTextAsync(Path.Combine(Control, "authorization"), $"Authorization: Bearer {token}\n");
        }

        _ = Source;
        using var process = Process.Start(shell, ["-c", "exec \"$0\" \"$1\" run </dev/null >>\"$2\" 2>&1", shell, script, log]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(deadline.Token);
        return HarnessResult.Parse(await File.ReadAllTextAsync(Path.Combine(Control, "result"), deadline.Token));
    }

    public void Dispose() => _scratch.Dispose();
}

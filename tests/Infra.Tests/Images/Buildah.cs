using System.Diagnostics;
using System.Text.Json.Nodes;

namespace BuildFunctions.Infra.Tests.Images;

/// <summary>buildah with images and containers in a folder of its own, which goes with this object.</summary>
internal sealed class Buildah : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bf-buildah-");

    public Task<string> RunAsync(params string[] arguments) => Tool.MustAsync("buildah", [.. Storage, .. arguments]);

    /// <summary>In a container that may be running something else already.</summary>
    public Task<Tool> InAsync(string container, params string[] command) => Tool.RunAsync("buildah", [.. Storage, "run", "--isolation", "chroot", container, "--", .. command]);

    public Process Start(string container, IReadOnlyDictionary<string, string> environment, IEnumerable<string> command)
    {
        var settings = environment.SelectMany(variable => (string[])["--env", $"{variable.Key}={variable.Value}"]);
        return Process.Start(new ProcessStartInfo("buildah", [.. Storage, "run", "--isolation", "chroot", .. settings, container, "--", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public async Task<JsonNode> ConfigurationOfAsync(string image) => JsonNode.Parse(await RunAsync("inspect", "--type", "image", image))!["Docker"]!["config"]!;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("rm", "--all");
        await RunAsync("rmi", "--all", "--force");
        _folder.Delete(recursive: true);
    }

    private string[] Storage => ["--root", Path.Combine(_folder.FullName, "root"), "--runroot", Path.Combine(_folder.FullName, "run")];
}

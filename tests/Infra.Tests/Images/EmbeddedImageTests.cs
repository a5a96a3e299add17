using System.Text.Json.Nodes;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Infra.Tests.Images;

/// <summary>infra/embedded.Dockerfile, built from the embedded host as the solution built it, and started.</summary>
public sealed class EmbeddedImageTests : IAsyncLifetime
{
    private const string Image = "localhost/buildfunctions-embedded";

    private readonly Buildah _buildah = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _buildah.DisposeAsync().AsTask();

    [BuildahFact]
    public async Task The_image_starts_a_broker_that_is_ready_has_no_rights_and_ends_when_told()
    {
        await LocalBase.MakeAsync(_buildah);
        await _buildah.RunAsync("bud", "--isolation", "chroot", "--format", "docker", "--pull-never", "--build-arg", $"BASE={LocalBase.Image}", "--tag", Image,
            "--file", Path.Combine(RepositoryRoot.Path, "infra", "embedded.Dockerfile"), EmbeddedHost.Folder);
        var image = await _buildah.ConfigurationOfAsync(Image);
        Assert.Equal(LocalBase.User, image["User"]!.GetValue<string>());
        Assert.Equal(["/data"], image["Volumes"]!.AsObject().Select(volume => volume.Key));
        var container = await _buildah.RunAsync("from", "--pull-never", Image);

        await using var azurite = await Azurite.StartAsync();
        var port = FreePort.Find();
        var environment = new Dictionary<string, string> { ["AzureWebJobsStorage"] = azurite.ConnectionString };
        using var run = _buildah.Start(container, environment, [.. Texts(image["Entrypoint"]!), .. Texts(image["Cmd"]!).Select(argument => At(argument, port).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal))]);
        try
        {
            var log = run.StandardOutput.ReadToEndAsync();
            var faults = run.StandardError.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            await Until.TrueAsync("the broker in the container is ready", async () =>
                run.HasExited ? throw new InvalidOperationException(await log + await faults) : await IsReadyAsync(http));

            var check = Texts(image["Healthcheck"]!["Test"]!).Skip(1).Select(argument => At(argument, port)).ToArray();
            Assert.Equal(0, (await _buildah.InAsync(container, check)).ExitCode);
            Assert.StartsWith($"uid={LocalBase.User}(", (await _buildah.InAsync(container, "id")).Output, StringComparison.Ordinal);
            Assert.NotEqual(0, (await _buildah.InAsync(container, "sh", "-c", "echo > /app/written")).ExitCode);
            Assert.Equal(0, (await _buildah.InAsync(container, "sh", "-c", "echo > /data/written")).ExitCode);

            await Tool.MustAsync("kill", "-TERM", $"{Program(run.Id)}");
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await run.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, run.ExitCode);
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync();
        }
    }

    /// <summary>The image's own port is fixed; a test's is not.</summary>
    private static string At(string argument, int port) => argument.Replace(":8080", $":{port}", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The broker is the last in the row of processes that buildah starts.</summary>
    private static int Program(int process)
    {
        var children = Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return children is [] ? process : Program(int.Parse(children[0]));
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Tests.Harness;

public sealed class HarnessTests : IDisposable
{
    private const string Package = """{"name":"tiny","version":"1.0.0","scripts":{"build":"node -e \"require('fs').mkdirSync('dist');require('fs').writeFileSync('dist/index.html',process.env.GREETING)\""}}""";
    private const string Lock = """{"name":"tiny","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"tiny","version":"1.0.0"}}}""";

    private readonly HarnessRun _run = new();

    [Fact]
    public async Task Npm_installs_and_builds()
    {
        var result = await _run.With("package.json", Package).With("package-lock.json", Lock).RunAsync(request => request with
        {
            Install = "npm ci",
            Command = "npm run build",
            Env = new Dictionary<string, string> { ["GREETING"] = "hello" },
        });

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        Assert.Equal(["install", "build", "pack"], _run.Steps);
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(_run.Source, "dist", "index.html")));
    }

    [Fact]
    public async Task A_lockfile_out_of_step_falls_back_to_npm_install_and_says_so()
    {
        var package = Package.Replace("\"scripts\"", "\"optionalDependencies\":{\"no-such-local\":\"file:./none\"},\"scripts\"", StringComparison.Ordinal);
        var result = await _run.With("none/package.json", """{"name":"no-such-local","version":"1.0.0"}""").With("package.json", package).With("package-lock.json", Lock)
            .RunAsync(request => request with { Install = "npm ci --ignore-scripts", Command = "npm run build", Env = new Dictionary<string, string> { ["GREETING"] = "x" } });

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        Assert.Contains("package-lock.json does not match package.json", _run.Log, StringComparison.Ordinal);
        Assert.Contains("$ npm install --ignore-scripts\n", _run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pnpm@9.15.4", "pnpm install", "pnpm --version", "9.15.4")]
    [InlineData("yarn@1.22.22", "yarn install", "yarn --version", "1.22.22")]
    public async Task A_pinned_package_manager_that_the_host_lacks_is_fetched(string manager, string install, string command, string version)
    {
        var result = await _run.With("package.json", Package)
            .RunAsync(request => request with { PackageManager = manager, Install = install, Command = $"{command}; mkdir dist; echo x > dist/x" });

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        Assert.Contains($"\n{version}\n", _run.Log, StringComparison.Ordinal);
        Assert.Equal("tools", _run.Steps[0]);
    }

    [Fact]
    public async Task A_failing_install_names_its_step_and_stops_there()
    {
        var result = await _run.RunAsync(request => request with { Install = "exit 9", Command = "touch built" });

        Assert.Equal((RunState.Failed, 9, "install"), (result.State, result.ExitCode, result.Step));
        Assert.False(File.Exists(Path.Combine(_run.Source, "built")));
    }

    [Fact]
    public async Task A_missing_output_folder_fails_and_names_what_there_is()
    {
        var result = await _run.With("readme.txt", "").RunAsync(request => request with { Command = "mkdir build" });

        Assert.Equal((RunState.Failed, "pack"), (result.State, result.Step));
        Assert.Equal("The output folder 'dist' does not exist after the build. There is: build/ readme.txt", result.Reason);
    }

    [Theory]
    [InlineData("mkdir dist", "is empty")]
    [InlineData("touch dist", "is a file")]
    [InlineData("ln -s /etc dist", "leads out of the source")]
    public async Task An_output_that_is_no_filled_folder_of_the_source_fails(string command, string why)
    {
        var result = await _run.RunAsync(request => request with { Command = command });

        Assert.Equal(RunState.Failed, result.State);
        Assert.Contains(why, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_files_make_the_same_artifact()
    {
        using var second = new HarnessRun();
        await _run.With("dist/b", "2").With("dist/a/c", "3").RunAsync(request => request);
        await second.With("dist/a/c", "3").With("dist/b", "2").RunAsync(request => request with { Command = "sleep 1; touch dist/b" });

        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(_run.Artifact)), SHA256.HashData(await File.ReadAllBytesAsync(second.Artifact)));
    }

    [Fact]
    public async Task An_artifact_over_the_limit_fails()
    {
        var result = await _run.RunAsync(request => request with
        {
            Command = "mkdir dist; head -c 100000 /dev/urandom > dist/x",
            Limits = new() { Artifact = 50_000 },
        });

        Assert.Contains("the limit is 50000", result.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(_run.Artifact));
    }

    [Fact]
    public async Task A_file_over_the_limit_ends_the_build()
    {
        var result = await _run.RunAsync(request => request with { Command = "mkdir dist; head -c 5000000 /dev/zero > dist/x", Limits = new() { File = 1 << 20 } });

        Assert.Equal((RunState.Failed, "build"), (result.State, result.Step));
    }

    [Fact]
    public async Task Quotes_newlines_and_commands_in_values_stay_text()
    {
        var folder = "it's $(touch pwned) `id`";
        var result = await _run.RunAsync(request => request with { Output = folder, Command = "mkdir \"$OUT\"; echo x > \"$OUT/x\"", Env = new Dictionary<string, string> { ["OUT"] = folder } });

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        Assert.Equal([folder], Directory.GetFileSystemEntries(_run.Source).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("/etc")]
    public void An_output_outside_the_source_is_refused_before_anything_runs(string output) =>
        Assert.Throws<RejectedException>(() => HarnessScript.Build(new() { Request = Request() with { Output = output } }));

    [Fact]
    public void A_variable_name_that_is_none_is_refused() =>
        Assert.Throws<RejectedException>(() => HarnessScript.Environment(Request(), new(new Dictionary<string, string> { ["A;rm -rf"] = "x" })));

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    [InlineData("/usr/bin/dash")]
    public async Task The_script_runs_under(string shell)
    {
        Assert.Equal(RunState.Succeeded, (await _run.RunAsync(request => request with { Command = "mkdir dist; echo x > dist/x" }, shell: shell)).State);
    }

    [Fact]
    public async Task With_a_callback_the_artifact_is_sent_and_the_token_is_in_no_argument()
    {
        string? authorization = null, build = null, status = null;
        long size = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var broker = builder.Build();
        broker.MapPost("/_build/callback", async (HttpRequest request) =>
        {
            (authorization, build, status) = (request.Headers.Authorization, request.Headers["X-Build-ID"], request.Headers["X-Build-Status"]);
            size = (await request.ReadFormAsync()).Files["artifact"]!.Length;
        });
        await broker.StartAsync();

        RunRequest? sent = null;
        var result = await _run.RunAsync(
            request => sent = request with { Command = "mkdir dist; echo x > dist/x", Callback = new Uri(broker.Urls.Single() + "/_build/callback") },
            new(new Dictionary<string, string>(), "attempt-token"));

        Assert.Equal(RunState.Succeeded, result.State);
        Assert.Equal(("Bearer attempt-token", sent!.Build.ToString(), "success"), (authorization, build, status));
        Assert.Equal(new FileInfo(_run.Artifact).Length, size);
        Assert.DoesNotContain("attempt-token", await File.ReadAllTextAsync(Path.Combine(_run.Control, "build.sh")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_is_fetched_with_the_token_and_unpacked()
    {
        var archive = new MemoryStream();
        await using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            await using var tar = new TarWriter(gzip);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "dist/page.html") { DataStream = new MemoryStream("fetched"u8.ToArray()) });
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var broker = builder.Build();
        broker.MapGet("/source", (HttpRequest request) => request.Headers.Authorization == "Bearer attempt-token" ? Results.Bytes(archive.ToArray()) : Results.Unauthorized());
        await broker.StartAsync();

        var result = await _run.RunAsync(request => request, new(new Dictionary<string, string>(), "attempt-token"), new Uri(broker.Urls.Single() + "/source"));

        Assert.True(result.State == RunState.Succeeded, _run.Log);
        Assert.Equal(["source", "pack"], _run.Steps);
        Assert.Equal("fetched", await File.ReadAllTextAsync(Path.Combine(_run.Source, "dist", "page.html")));
    }

    public void Dispose() => _run.Dispose();

    private static RunRequest Request() => new()
    {
        Build = Contracts.Ids.BuildId.Create(DateTimeOffset.UtcNow, new byte[10]),
        Attempt = 1,
        App = default,
        Source = new() { Kind = Contracts.Builds.SourceKind.Upload },
        Output = "dist",
    };
}

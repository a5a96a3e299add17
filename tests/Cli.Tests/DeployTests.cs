using System.Text.Json;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Cli.Tests.Fakes;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Cli.Tests;

public sealed class DeployTests : BrokerTest
{
    [Fact]
    public async Task Deploy_tells_what_happens_from_detection_to_the_address()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        var id = Broker.Builds.Keys.Single();
        string[] expected =
        [
            "Detected: Vite (React)", "No dist/ found, triggering build...", $"Build started: {id}", "Uploaded ", "Build provider: local", "vite v7 building", "✓ built in 1.2s",
            "done ä", "Build complete: 47s, 2.3MB artifact", "Deploying to my-shop...", "Done! http://127.0.0.1:7071/sites/my-shop/",
        ];
        var at = 0;
        foreach (var line in expected)
        {
            var found = Error.IndexOf(line, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{line}' is missing or out of order in:\n{Error}");
            at = found;
        }

        Assert.Equal("http://127.0.0.1:7071/sites/my-shop/\n", Out);
        Assert.DoesNotContain('\x1b', Error);
        Assert.DoesNotContain("owned", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_sends_what_was_detected()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        var request = Broker.Builds.Values.Single().Request;
        Assert.Equal(
            ("my-shop", "npm run build", "dist", "npm", SourceKind.Upload, DeployTarget.Production, true),
            (request.App, request.Command, request.Output, request.PackageManager, request.Source, request.Deploy, request.NeedsBuild));
        Assert.True(request.Spa);
    }

    [Fact]
    public async Task Deploy_options_override_what_was_detected()
    {
        Assert.Equal(0, await Bf.InvokeAsync(
            ["deploy", "My Shop", "--app", "other", "--provider", "github", "--preview", "--rebuild", "--command", "make", "--output", "out", "--env", "A=1", "--env", "B=x=y", "--timeout", "30"]));
        var request = Broker.Builds.Values.Single().Request;
        Assert.Equal(("other", "github", DeployTarget.Preview, true, "make", "out", 30), (request.App, request.Provider, request.Deploy, request.Rebuild, request.Command, request.Output, request.Timeout));
        Assert.Equal("x=y", request.Env!["B"]);
    }

    [Fact]
    public async Task Several_providers_are_tried_in_turn()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--provider", "github", "--provider", "local"]));
        Assert.Equal(["github", "local"], Broker.Builds.Values.Single().Request.Providers!);
    }

    [Fact]
    public async Task No_build_asks_for_the_folder_as_it_is()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--no-build"]));
        Assert.True(Broker.Builds.Values.Single().Request.NoBuild);
        Assert.DoesNotContain("triggering build", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_writes_one_document()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--json"]));
        Assert.Equal(BuildStatus.Success, JsonSerializer.Deserialize(Out, ContractsJson.Default.Build)!.Status);
    }

    [Fact]
    public async Task Detach_ends_with_the_id_when_the_source_has_arrived()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--detach"]));
        var build = Broker.Builds.Single();
        Assert.Equal($"{build.Key}\n", Out);
        Assert.NotNull(build.Value.Sha256);
        Assert.DoesNotContain(Broker.Requests, request => request.EndsWith("/logs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_shows_the_address()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--open"]));
        Assert.Equal("http://127.0.0.1:7071/sites/my-shop/", Bf.Browsed.Single().AbsoluteUri);
    }

    [Fact]
    public async Task Open_shows_nothing_but_web_addresses()
    {
        Broker.Ending = build => build with { Url = "file:///etc/passwd" };
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--open"]));
        Assert.Empty(Bf.Browsed);
    }

    [Fact]
    public async Task A_lost_answer_gives_one_build()
    {
        Broker.LostAnswers = 1;
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Equal(2, Broker.Requests.Count(request => request == "POST /api/builds"));
        Assert.Single(Broker.Builds);
    }

    [Fact]
    public async Task A_broken_upload_is_sent_again()
    {
        Broker.BrokenUploads = 2;
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Equal(3, Broker.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_upload_whose_answer_was_lost_is_not_refused_as_a_second_one()
    {
        var id = Built(build => build with { Phase = BuildPhase.AwaitingSource });
        using var client = new BrokerClient(new BrokerHttp(BrokerAddress.Parse(Broker.Url, FakeBroker.Token, "test")!, Bf.Patience, TimeProvider.System, _ => { }));
        var path = Path.Combine(Bf.Folder, "package.tgz");
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1, 2, 3]));
        using var source = new SourcePackage(path, new PackedSource(3, sha, 1, 3, []));
        Broker.LostAnswers = 1;
        var build = Broker.Builds[id].Record with { Upload = new SourceUpload($"/api/builds/{id}/source?ticket=1", DateTimeOffset.UnixEpoch) };
        await new SourceUploader(client).UploadAsync(build, source, new Progress<long>(), CancellationToken.None);
        Assert.Equal(sha, Broker.Builds[id].Sha256);
        Assert.Equal(2, Broker.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Secrets_in_the_folder_stay_at_home()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains("Packed 5 files", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_shows_a_bar_of_the_upload()
    {
        Bf.Terminal = true;
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains($"[{new string('=', 36)}] 100%", Error, StringComparison.Ordinal);
        Assert.Equal("", Out);
    }

    [Fact]
    public async Task A_folder_with_nothing_to_serve_is_not_sent()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Bf.Folder, "notes")).FullName, "notes.txt"), "private");
        Assert.Equal(2, await Bf.InvokeAsync(["deploy", "notes"]));
        Assert.Empty(Broker.Requests);
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "notes", "--no-build"]));
    }

    [Fact]
    public async Task A_folder_without_a_usable_name_asks_for_one()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Bf.Folder, "___")).FullName, "index.html"), "hi");
        Assert.Equal(2, await Bf.InvokeAsync(["deploy", "___"]));
        Assert.Contains("--app", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_json_goes_before_detection_and_its_exclusions_stay_at_home()
    {
        File.WriteAllText(Path.Combine(Bf.Folder, "My Shop", "app.json"), """{"name":"boutique","build":{"provider":"modal","output":"out","env":{"A":"1"}},"exclude":["noise.bin"]}""");
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--env", "B=2"]));
        var request = Broker.Builds.Values.Single().Request;
        Assert.Equal(("boutique", "modal", "out"), (request.App, request.Provider, request.Output));
        Assert.Equal(["A", "B"], request.Env!.Keys.Order());
        Assert.Contains("Packed 5 files", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_app_json_are_listed_with_their_lines()
    {
        File.WriteAllText(Path.Combine(Bf.Folder, "My Shop", "app.json"), "{\n\"name\": \"Not A Name\"\n}");
        Assert.Equal(3, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains("app.json:2", Error, StringComparison.Ordinal);
        Assert.Empty(Broker.Requests);
    }

    [Fact]
    public async Task A_git_repository_is_built_without_an_upload()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["build", "--repo", "user/shop", "--ref", "main", "--watch"]));
        var request = Broker.Builds.Values.Single().Request;
        Assert.Equal(("user/shop", "main", SourceKind.Git, DeployTarget.None), (request.Repo, request.Ref, request.Source, request.Deploy));
        Assert.DoesNotContain(Broker.Requests, line => line.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_says_how_to_watch_it()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["build", "My Shop"]));
        Assert.Contains($"bf logs {Broker.Builds.Keys.Single()} --follow", Error, StringComparison.Ordinal);
    }
}

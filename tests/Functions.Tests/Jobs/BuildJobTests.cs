using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Jobs;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Functions.Tests.Servers;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Functions.Tests.Jobs;

/// <summary>Jobs as they are submitted, on a real SSH server of this machine.</summary>
public sealed class BuildJobTests : IAsyncLifetime
{
    private const string Jobs = "/api/v1/infrastructure/build-jobs";

    private readonly KernelTree _tree = new();
    private BrokerHost _broker = null!;
    private SshServer _server = null!;

    private HttpClient Http => _broker.Http;

    public async Task InitializeAsync()
    {
        _broker = await BrokerHost.StartAsync();
        _server = await SshServer.StartAsync();
        await Http.AddAsync(_server.Request());
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _server.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public async Task A_kernel_is_configured_compiled_and_collected_into_its_layout()
    {
        var elsewhere = Path.Combine(_server.Workspace, "..", "elsewhere");
        var job = await RunAsync(new()
        {
            SourceRepository = _tree.Url,
            Branch = "main",
            CommitHash = "HEAD",
            TargetArchitecture = "x86_64",
            BuildConfig = new()
            {
                KernelConfig = "defconfig",
                ExtraMakeArgs = ["-j2", "EXTRA=it's; here"],
                CustomEnv = new Dictionary<string, string> { ["KBUILD_BUILD_USER"] = "somebody" },
                WorkspaceRoot = Path.GetFullPath(elsewhere),
                OutputDirectory = Path.GetFullPath(elsewhere) + "/out",
                ArtifactPatterns = ["arch/*/boot/bzImage", "vmlinux", "System.map", "*.ko", "*.dtb"],
            },
        });

        Assert.Equal("one", job.ServerId);
        Assert.Equal(["System.map", "build.log", "bzImage", "dtbs/board.dtb", "modules/one.ko", "vmlinux"], job.Artifacts!.Order(StringComparer.Ordinal));
        Assert.Equal("bzImage for x86_64, it's; here\n", await ArtifactAsync(job, "bzImage"));
        Assert.Equal("by somebody\n", await ArtifactAsync(job, "System.map"));
        Assert.Contains("CONFIG_FROM=defconfig", await ArtifactAsync(job, "vmlinux"), StringComparison.Ordinal);
        Assert.Contains($"== Commit {_tree.Head}", await ArtifactAsync(job, "build.log"), StringComparison.Ordinal);
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(elsewhere, "out", $"{job.Id}-1", "modules", "one.ko")));
        Assert.Equal(["out"], Directory.GetFileSystemEntries(elsewhere).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_configuration_comes_from_the_tree_or_as_text_and_the_second_clone_from_the_mirror()
    {
        var first = await RunAsync(new() { SourceRepository = _tree.Url, CommitHash = _tree.Head, BuildConfig = new() { KernelConfig = "my.config", EnableModules = false, BuildDtbs = false } });
        var second = await RunAsync(new() { SourceRepository = _tree.Url, CommitHash = _tree.Head, BuildConfig = new() { KernelConfig = "CONFIG_FROM=text\nCONFIG_MODULES=y\n", KeepWorkspace = true } });

        Assert.Equal(["build.log", "bzImage", "vmlinux"], first.Artifacts!.Order(StringComparer.Ordinal));
        Assert.Equal("CONFIG_FROM=tree\n", await ArtifactAsync(first, "vmlinux"));
        Assert.StartsWith("CONFIG_FROM=text\n", await ArtifactAsync(second, "vmlinux"), StringComparison.Ordinal);
        Assert.Contains("The commit is in the mirror already", await ArtifactAsync(second, "build.log"), StringComparison.Ordinal);
        var kept = Path.Combine(_server.Workspace, "kept", $"{second.Id}-1", "source", "job");
        Assert.Equal(["artifacts", "build", "source"], Directory.GetDirectories(kept).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_branch_that_has_moved_on_is_built_anew_and_another_command_runs_instead_of_the_recipe()
    {
        var request = new BuildJobRequest
        {
            SourceRepository = _tree.Url,
            Branch = "main",
            BuildConfig = new() { Command = "git rev-list --count HEAD; cp history \"$O/result.txt\"", ArtifactPatterns = ["result.txt"], GitDepth = 0 },
        };
        await RunAsync(request);
        _tree.Commit("second");
        var second = await RunAsync(request);

        Assert.Equal("first\nsecond\n", await ArtifactAsync(second, "result.txt"));
        Assert.Contains("\n2\n", await ArtifactAsync(second, "build.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_fails_says_so_and_a_job_is_cancelled()
    {
        var failed = await RunAsync(new() { SourceRepository = _tree.Url, BuildConfig = new() { Command = "exit 3" } }, "failed");
        var waits = await SubmitAsync(new() { SourceRepository = _tree.Url, BuildConfig = new() { Command = "echo waits; sleep 300" } });
        await Until.TrueAsync("the job runs", async () => (await Http.GetStringAsync($"{Jobs}/{waits.Id}/logs")).Contains("\nwaits", StringComparison.Ordinal));
        using var cancel = await Http.PostAsync($"{Jobs}/{waits.Id}/cancel", null);

        Assert.Contains("exited with 3", failed.Message, StringComparison.Ordinal);
        Assert.Equal("cancelled", (await EndAsync(waits)).Status);
        Assert.Equal([waits.Id, failed.Id], (await Http.GetFromJsonAsync(Jobs, JobsJson.Default.BuildJobArray))!.Select(job => job.Id));
    }

    [Fact]
    public async Task What_is_no_job_is_neither_accepted_nor_shown()
    {
        using var refused = await PostAsync(new() { SourceRepository = "ext::sh", TargetArchitecture = "vax" });
        Assert.Equal(["source_repository", "target_architecture"], (await refused.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
        using var told = await PostAsync(new() { SourceRepository = "https://somebody:token@example.test/tree.git" });
        Assert.Equal(["source_repository"], (await told.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
        var build = await Http.TriggerAsync(also: request => request with { Provider = "local" });
        using var missing = await Http.GetAsync($"{Jobs}/{build.Id}");
        await missing.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    private Task<HttpResponseMessage> PostAsync(BuildJobRequest job) => Http.PostAsync(Jobs, JsonContent.Create(job, JobsJson.Default.BuildJobRequest));

    private async Task<BuildJob> SubmitAsync(BuildJobRequest job)
    {
        using var answer = await PostAsync(job);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync(JobsJson.Default.BuildJob))!;
    }

    private async Task<BuildJob> EndAsync(BuildJob job)
    {
        await Until.TrueAsync("the job ends", async () => (job = (await Http.GetFromJsonAsync($"{Jobs}/{job.Id}", JobsJson.Default.BuildJob))!).Status is not ("queued" or "running"));
        return job;
    }

    private async Task<BuildJob> RunAsync(BuildJobRequest request, string status = "completed")
    {
        var job = await EndAsync(await SubmitAsync(request));
        Assert.True(job.Status == status, $"{job.Status}: {job.Message}\n{await Http.GetStringAsync($"{Jobs}/{job.Id}/logs")}");
        return job;
    }

    private Task<string> ArtifactAsync(BuildJob job, string path) => Http.GetStringAsync($"{Jobs}/{job.Id}/artifacts/{path}");
}

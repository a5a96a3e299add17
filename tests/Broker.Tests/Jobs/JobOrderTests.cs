using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Jobs;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Broker.Tests.Jobs;

public sealed class JobOrderTests
{
    private static readonly BuildJobRequest _job = new()
    {
        SourceRepository = "https://git.example/torvalds/Linux.git",
        Branch = "master",
        TargetArchitecture = "arm64",
        BuildConfig = new() { KernelConfig = "CONFIG_A=y\nCONFIG_B=n\n", CustomEnv = new Dictionary<string, string> { ["KBUILD_BUILD_USER"] = "me" }, WorkspaceRoot = "/mnt/fast", KeepWorkspace = true },
    };

    [Fact]
    public void A_job_is_a_build_on_a_server_and_is_read_back_from_it()
    {
        var build = JobOrder.ToBuild(_job, JobOrder.AppOf(_job.SourceRepository!).ToString());

        Assert.Equal(("ssh", "sh ./job.sh build", "aarch64", "/mnt/fast", true), (build.Provider, build.Command, build.Server!.Architecture, build.Server.WorkspaceRoot, build.Server.KeepWorkspace));
        Assert.StartsWith("linux-", build.App, StringComparison.Ordinal);
        var read = JobOrder.Of(build)!;
        Assert.Equal((_job.SourceRepository, "me", "arm64"), (read.SourceRepository, read.BuildConfig!.CustomEnv!["KBUILD_BUILD_USER"], read.TargetArchitecture));
        Assert.DoesNotContain("CONFIG_A", read.BuildConfig.KernelConfig, StringComparison.Ordinal);
        Assert.Equal("CONFIG_A=y\nCONFIG_B=n\n", JobRecipe.Files(_job, "linux")["kernel.config"]);
    }

    [Fact]
    public void A_branch_is_built_each_time_and_a_commit_once()
    {
        Assert.True(JobOrder.ToBuild(_job, "linux").Rebuild);
        Assert.False(JobOrder.ToBuild(_job with { CommitHash = new string('a', 40) }, "linux").Rebuild);
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var failure = Assert.Throws<RejectedException>(() => JobIntake.Check(new()
        {
            SourceRepository = "ext::sh -c evil",
            Branch = "--upload-pack=evil",
            CommitHash = "master",
            TargetArchitecture = "vax",
            BuildConfig = new()
            {
                KernelConfig = "-f/evil",
                ExtraMakeArgs = ["a\nb"],
                GitDepth = -1,
                OutputDirectory = "relative",
                WorkspaceRoot = "/a/../b",
                BuildDirectory = "../b",
                ArtifactPatterns = ["/etc/passwd"],
            },
        }));

        var errors = failure.Fields.Single(field => field.Name == "errors").Value;
        Assert.Equal(
            ["source_repository", "branch", "commit_hash", "target_architecture", "kernel_config", "extra_make_args", "git_depth", "output_directory", "workspace_root", "build_directory", "artifact_patterns"],
            errors.EnumerateArray().Select(fault => fault.GetProperty("field").GetString()));
    }
}

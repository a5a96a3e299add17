using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Hostile;

/// <summary>One after the other and alone, since two hosts are compared by it.</summary>
[Collection(Measured.MeasuredCollection.Name)]
public sealed class HostileOutputTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    /// <summary>What a build leaves in its output, and what is refused about it.</summary>
    private static readonly (string Name, string Command)[] _outputs =
    [
        ("a link out", "ln -s /etc/passwd out/passwd"),
        ("a link up", "ln -s ../../../control/authorization out/token"),
        ("a chain of links", "ln -s .. out/up && ln -s up/up/etc out/etc"),
        ("a pipe", "mkfifo out/pipe"),
        ("names that differ in case", "echo a > out/Page.html && echo b > out/page.html"),
        ("a backslash", "echo x > 'out/..\\evil'"),
        ("a control character", "echo x > \"$(printf 'out/a\\007b')\""),
        ("a device's name", "echo x > out/nul"),
        ("repository data", "mkdir -p out/sub/.git && echo x > out/sub/.git/config"),
        ("a bomb", "head -c 100000000 /dev/zero > out/zeros"),
        ("too deep", "mkdir -p out/$(printf 'd/%.0s' $(seq 40)) && echo x > out/$(printf 'd/%.0s' $(seq 40))file"),
    ];

    [Fact]
    public async Task Whatever_a_build_leaves_behind_a_hostile_output_is_refused_and_nothing_of_it_is_live()
    {
        foreach (var (name, command) in _outputs)
        {
            var build = await usual.Http.RunAsync($"{Api.MakePage}; {command}");

            Assert.True(build.Status == BuildStatus.Failed && build.Error!.Code == (name == "a bomb" ? ErrorCode.ArtifactTooLarge : ErrorCode.ArtifactInvalid), $"{name}: {build.Status} {build.Error?.Code} {build.Error?.Detail}");
            Assert.True(build.Error!.Fields!.ContainsKey(name == "a bomb" ? "limit" : "why"), name);
            Assert.Single(build.Attempts);
            Assert.Null(build.Deployment);
            using var site = await usual.Stranger.GetAsync($"/sites/{build.App}/");
            Assert.Equal(System.Net.HttpStatusCode.NotFound, site.StatusCode);
        }
    }
}

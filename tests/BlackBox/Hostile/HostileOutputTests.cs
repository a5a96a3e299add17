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

    [Theory]
    [InlineData("no folder", "true")]
    [InlineData("empty", "mkdir out")]
    [InlineData("a file", "echo x > out")]
    [InlineData("a link out of the source", "ln -s /etc out")]
    public async Task An_output_that_is_none_fails_the_build_with_the_reason(string name, string command)
    {
        var build = await usual.Http.RunAsync(command);

        Assert.True(build.Status == BuildStatus.Failed && build.Error!.Code == ErrorCode.BuildFailed, $"{name}: {build.Status} {build.Error?.Code}");
        Assert.Equal("pack", build.Error!.Fields!["step"].GetString());
    }

    /// <summary>The archive that a builder sends does not come from our own tar.</summary>
    [Theory]
    [InlineData("traversal")]
    [InlineData("absolute")]
    [InlineData("hard link")]
    [InlineData("device")]
    [InlineData("twice")]
    [InlineData("no archive")]
    public async Task An_artifact_that_a_builder_made_up_is_refused(string name)
    {
        var archive = name switch
        {
            "traversal" => Archives.Files("index.html", "../../evil"),
            "absolute" => Archives.Files("/etc/evil"),
            "hard link" => Archives.Link(System.Formats.Tar.TarEntryType.HardLink, "passwd", "/etc/passwd"),
            "device" => Archives.Special(System.Formats.Tar.TarEntryType.BlockDevice, "disk"),
            "twice" => Archives.Files("index.html", "index.html"),
            _ => "nonsense"u8.ToArray(),
        };
        var (builder, gate) = await Callbacks.Builder.StartAsync(usual.Broker);
        await builder.SayAsync("success", archive);
        gate.Open();

        var build = await usual.Http.EndOfAsync(builder.Build);

        Assert.True(build.Status == BuildStatus.Failed && build.Error!.Code == ErrorCode.ArtifactInvalid, $"{name}: {build.Status} {build.Error?.Code} {build.Error?.Detail}");
    }
}

using System.Formats.Tar;
using BuildFunctions.BlackBox.Callbacks;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Hostile;

public sealed class BadArtifactTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
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
            "hard link" => Archives.Link(TarEntryType.HardLink, "passwd", "/etc/passwd"),
            "device" => Archives.Special(TarEntryType.BlockDevice, "disk"),
            "twice" => Archives.Files("index.html", "index.html"),
            _ => "nonsense"u8.ToArray(),
        };
        using var builder = await Builder.StartAsync(usual.Broker);
        await builder.SayAsync("success", archive);
        builder.LetGo();

        var build = await usual.Http.EndOfAsync(builder.Build);

        Assert.True(build.Status == BuildStatus.Failed && build.Error!.Code == ErrorCode.ArtifactInvalid, $"{name}: {build.Status} {build.Error?.Code} {build.Error?.Detail}");
    }
}

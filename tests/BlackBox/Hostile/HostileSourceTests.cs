using System.Formats.Tar;
using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Hostile;

public sealed class HostileSourceTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    public static TheoryData<string> Cases => [.. _cases.Keys];

    private static readonly Dictionary<string, byte[]> _cases = new()
    {
        ["traversal"] = Archives.Files("../evil"),
        ["traversal inside"] = Archives.Files("a/../../evil"),
        ["absolute"] = Archives.Files("/etc/evil"),
        ["backslash"] = Archives.Files("..\\evil"),
        ["drive"] = Archives.Files("C:evil"),
        ["control character"] = Archives.Files("a\u0007b"),
        ["device name"] = Archives.Files("aux.txt"),
        ["case collision"] = Archives.Files("Index.html", "index.html"),
        ["twice"] = Archives.Files("index.html", "index.html"),
        ["git data"] = Archives.Files(".GIT/config"),
        ["environment file"] = Archives.Files("index.html", ".env"),
        ["too deep"] = Archives.Files(string.Join('/', Enumerable.Repeat("d", 40))),
        ["link out"] = Archives.Link(TarEntryType.SymbolicLink, "out", "../../etc/passwd"),
        ["absolute link"] = Archives.Link(TarEntryType.SymbolicLink, "out", "/etc/passwd"),
        ["hard link to nothing"] = Archives.Link(TarEntryType.HardLink, "out", "../evil"),
        ["character device"] = Archives.Special(TarEntryType.CharacterDevice, "null"),
        ["pipe"] = Archives.Special(TarEntryType.Fifo, "pipe"),
        ["bomb"] = Archives.Bomb(64 << 20),
        ["no gzip"] = "this is no archive"u8.ToArray(),
        ["cut"] = TestSource.Page()[..^10],
        ["nothing"] = [],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_hostile_source_is_refused_as_a_whole_and_the_build_waits_for_another(string name)
    {
        var build = await usual.Http.TriggerAsync(also: request => request with { NoBuild = true, Command = null, Output = null });

        using var answer = await usual.Http.UploadAsync(build, _cases[name]);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var problem = await answer.ProblemAsync(answer.StatusCode, answer.StatusCode == HttpStatusCode.BadRequest ? ErrorCode.SourceInvalid : ErrorCode.SourceTooLarge);
        Assert.NotEmpty(problem.Detail!);
        Assert.Equal(BuildPhase.AwaitingSource, (await usual.Http.ReadAsync(build)).Phase);
        using var right = await usual.Http.UploadAsync(build, TestSource.Page());
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(BuildStatus.Success, (await usual.Http.EndOfAsync(build)).Status);
    }

    [Theory]
    [InlineData("app.json", 40_000)]
    [InlineData("package.json", 200_000)]
    public async Task A_source_with_a_text_of_kilobytes_fails_or_builds_in_a_few_words(string file, int length)
    {
        var command = $"true {new string('x', length)}";
        var content = file == "app.json" ? $$"""{"build":{"command":"{{command}}"} }""" : $$"""{"scripts":{"build":"vite build --outDir {{command}}"},"devDependencies":{"vite":"6"} }""";
        var build = await usual.Http.TriggerAsync(also: request => request with { Command = null, Output = null, Install = "exit 3" });
        using var upload = await usual.Http.UploadAsync(build, TestSource.TarGz((file, content), ("index.html", "x")));
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);

        var ended = await usual.Http.EndOfAsync(build);

        Assert.Equal(BuildStatus.Failed, ended.Status);
        Assert.True(ended.Error!.Code is ErrorCode.SourceInvalid or ErrorCode.BuildFailed, ended.Error.Detail);
        Assert.InRange((await usual.Http.GetStringAsync($"/api/builds/{build.Id}")).Length, 1, 8000);
        Assert.InRange((await usual.Http.GetStringAsync($"/api/builds/{build.Id}/timeline")).Length, 1, 20_000);
    }

    [Fact]
    public async Task A_link_out_of_the_folder_that_is_served_is_named()
    {
        var build = await usual.Http.TriggerAsync(also: request => request with { NoBuild = true, Command = null, Output = "public" });
        using var upload = await usual.Http.UploadAsync(build, Archives.LinkBeside("shared.txt", "public/index.html", "public/copy.txt", "../shared.txt"));
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);

        var ended = await usual.Http.EndOfAsync(build);

        Assert.Equal((BuildStatus.Failed, ErrorCode.ArtifactInvalid), (ended.Status, ended.Error?.Code));
        Assert.Contains("public/copy.txt", ended.Error!.Detail, StringComparison.Ordinal);
    }
}

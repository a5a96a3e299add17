using System.Text;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Tests.Planning;

public sealed class BuildPlannerTests
{
    private const string Vite = """{"scripts":{"build":"vite build"},"devDependencies":{"vite":"^6.0.0"}}""";

    [Fact]
    public void Decide_Request_GoesBeforeTheSettingsFile()
    {
        var plan = Decide(new BuildRequest { Command = "asked" }, ("package.json", Vite), ("app.json", """{"build":{"command":"written","output":"written"}}"""));

        Assert.Equal(("asked", "written", true), (plan.Command, plan.Output, plan.NeedsBuild));
    }

    [Fact]
    public void Decide_Project_IsDetected()
    {
        var plan = Decide(new BuildRequest(), ("package.json", Vite), ("package-lock.json", "{}"), ("index.html", ""));

        Assert.Equal(("dist", "npm", true), (plan.Output, plan.PackageManager, plan.NeedsBuild));
        Assert.Contains("npm", plan.Command);
    }

    [Fact]
    public void Decide_PlainPages_NeedNoBuild()
    {
        Assert.False(Decide(new BuildRequest(), ("index.html", "x")).NeedsBuild);
        Assert.False(Decide(new BuildRequest { NoBuild = true }, ("package.json", Vite)).NeedsBuild);
    }

    [Fact]
    public void Decide_SettingsFileWithFaults_IsRefused()
    {
        var refusal = Assert.Throws<RejectedException>(() => Decide(new BuildRequest(), ("app.json", "{ not json")));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
    }

    [Fact]
    public void Decide_OtherLockFile_IsAPartOfItsOwn()
    {
        (string, string)[] app = [("package.json", Vite), ("index.html", "")];
        var key = Decide(new BuildRequest(), [.. app, ("package-lock.json", "1")]).CacheKey;
        var other = Decide(new BuildRequest(), [.. app, ("package-lock.json", "2")]).CacheKey;

        Assert.Equal("lockfile", Assert.Single(other.DifferencesFrom(key)).Part);
        Assert.Equal("source", Assert.Single(Decide(new BuildRequest(), [("package.json", Vite), ("index.html", "x"), ("package-lock.json", "1")]).CacheKey.DifferencesFrom(key)).Part);
    }

    [Fact]
    public void Decide_SameInputs_GiveTheSameCacheKeyAndOthersAnother()
    {
        var request = new BuildRequest { Command = "x", Env = new Dictionary<string, string> { ["A"] = "1" } };
        var key = Decide(request, ("index.html", "x")).CacheKey.Hash;

        Assert.Equal(key, Decide(request with { Priority = 5, Timeout = 9 }, ("index.html", "x")).CacheKey.Hash);
        Assert.NotEqual(key, Decide(request with { Command = "y" }, ("index.html", "x")).CacheKey.Hash);
        Assert.NotEqual(key, Decide(request with { Node = "20" }, ("index.html", "x")).CacheKey.Hash);
        Assert.NotEqual(key, Decide(request with { Env = new Dictionary<string, string> { ["A"] = "2" } }, ("index.html", "x")).CacheKey.Hash);
    }

    [Fact]
    public void A_manager_named_without_its_version_has_the_one_that_the_source_pins() =>
        Assert.Equal("pnpm@10.1.0", Decide(new BuildRequest { PackageManager = "pnpm" }, ("package.json", """{"packageManager":"pnpm@10.1.0","scripts":{"build":"x"}}""")).PackageManager);

    [Fact]
    public void Another_manager_than_the_pinned_one_has_no_version() =>
        Assert.Equal("yarn", Decide(new BuildRequest { PackageManager = "yarn" }, ("package.json", """{"packageManager":"pnpm@10.1.0","scripts":{"build":"x"}}""")).PackageManager);

    [Fact]
    public void An_app_that_names_no_node_takes_the_hosts() =>
        Assert.Null(Decide(new BuildRequest { Command = "sh make.sh", Output = "out" }, ("make.sh", "true")).Node);

    [Fact]
    public void A_node_that_was_asked_for_is_the_only_one_that_will_do()
    {
        var plan = Decide(new BuildRequest { Command = "sh make.sh", Output = "out", Node = "18" }, ("make.sh", "true"));
        Assert.Equal("18", plan.Node);
        Assert.Empty(plan.NodeAccepted);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "make", true)]
    [InlineData("site", null, false)]
    public void Decide_AnOutputThatNobodyNamed_IsAGuess(string? output, string? command, bool guess)
    {
        var plan = Decide(new BuildRequest { Output = output, Command = command },
            ("package.json", """{"scripts":{"build":"node make.js"}}"""));
        Assert.Equal((output ?? "dist", guess), (plan.Output, plan.OutputIsGuess));
    }

    [Theory]
    [InlineData("composer.json", "{}", "PHP needs a server")]
    [InlineData("package.json", """{"scripts":{"start":"node server.js","build":"tsc"}}""", "scripts.start runs needs a server")]
    public void Decide_AServer_IsRefusedWithItsNameAndNotPublished(string file, string text, string told)
    {
        var refusal = Assert.Throws<RejectedException>(() => Decide(new BuildRequest(), (file, text)));
        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains(told, refusal.Message);
        Assert.Equal("out", Decide(new BuildRequest { Output = "out" }, (file, text)).Output);
        Assert.Equal("make", Decide(new BuildRequest { Command = "make" }, (file, text)).Command);
    }

    private static BuildPlan Decide(BuildRequest request, params (string Path, string Content)[] files)
    {
        Assert.True(BuildId.TryParse("bld_00000000000000000000000000", out var id));
        Assert.True(AppName.TryParse("shop", out var app));
        var order = new BuildOrder
        {
            Id = id,
            App = app,
            Request = request,
            Providers = ["local"],
            Deadlines = new BuildDeadlines(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var fingerprint = new SourceFingerprint();
        foreach (var (path, content) in files)
        {
            fingerprint.AddFile(path, executable: false, content);
        }

        return BuildPlanner.Decide(order, new ReceivedSource(new string('0', 64), 1), Tree(files), fingerprint);
    }

    private static MemorySourceTree Tree((string Path, string Content)[] files) =>
        new(files.ToDictionary(file => file.Path, byte[]? (file) => Encoding.UTF8.GetBytes(file.Content)));
}

using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;
using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Sources.Tests.Settings;

public sealed class ProjectSettingsTests
{
    private static readonly DetectedProject Detected = new() { Framework = "vite", Label = "Vite", Command = "npm run build", Install = "npm ci", Output = "dist", NeedsBuild = true };

    [Fact]
    public void The_request_wins_over_the_file_over_detection_over_the_default()
    {
        var file = new AppSettings { Build = new BuildSettings { Command = "from file", Output = "out", Env = new Dictionary<string, string> { ["A"] = "file", ["B"] = "file" } } };
        var request = new BuildRequest { Command = "from request", Env = new Dictionary<string, string> { ["B"] = "request" } };

        var settings = ProjectSettings.Resolve(request, file, Detected);

        Assert.Equal(("from request", "request"), (settings.Command.Value, settings.Command.From));
        Assert.Equal(("out", "app.json"), (settings.Output.Value, settings.Output.From));
        Assert.Equal(("npm ci", "detected"), (settings.Install.Value, settings.Install.From));
        Assert.Equal(("22", "default"), (settings.Node.Value, settings.Node.From));
        Assert.Equal(("file", "app.json"), (settings.Env["A"].Value, settings.Env["A"].From));
        Assert.Equal(("request", "request"), (settings.Env["B"].Value, settings.Env["B"].From));
    }

    [Fact]
    public void No_build_runs_nothing_whatever_the_file_says()
    {
        var file = new AppSettings { Build = new BuildSettings { Command = "from file" } };
        Assert.Null(ProjectSettings.Resolve(new BuildRequest { NoBuild = true }, file, Detected).Command.Value);
    }
}

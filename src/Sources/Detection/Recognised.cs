using BuildFunctions.Sources.Detection.Frameworks;

namespace BuildFunctions.Sources.Detection;

internal static class Recognised
{
    private const string Usual = "dist";

    public static (DetectedProject Project, BuildStep? Step) Describe(AppFolder app, Framework framework, string sign, Findings findings)
    {
        findings.Because(sign, framework.Label);
        var read = framework.Read?.Invoke(app);
        var server = read?.Server ?? framework.Server;
        var step = Step(app, framework, read);
        var place = Place.Of(app, read?.Folder ?? framework.Output, findings)
            ?? (framework.MakesFiles && !server ? new Place(framework.Output ?? Usual, false, IsGuess: true) : null);
        var guess = place is not null && !server
            && (place.IsGuess || read?.IsGuess is true || RunsSomethingElse(app, framework, read, step));
        if (guess)
        {
            findings.Guess(place!.Folder, read?.Source ?? $"{framework.Label}'s default");
        }
        else if (place is not null)
        {
            findings.Because(read?.Source ?? $"{framework.Label}'s default", $"the site is in {place.Folder}");
        }

        Warn(app, framework, read, server, place is not null, findings);
        var project = new DetectedProject
        {
            Framework = framework.Id,
            Label = framework.Label,
            Output = place?.Folder,
            OutputIsGuess = guess,
            Spa = !server && (read?.Spa ?? framework.Spa),
            Server = server,
            NeedsBuild = step is not null,
            Command = framework.Native,
        };
        return (project, step is not null && place?.FromTop is true ? step with { FromTop = true } : step);
    }

    public static string NeedsServer(string label, string? advice) =>
        $"{label} needs a server, and here only files are put online.{(advice is null ? "" : " " + advice)} "
        + "Say with --command and --output, or in app.json, how its pages are written as files and where.";

    public static string NotRun(string part) => $"Only the site is put online; {part} is not run here, and what needs it will be missing.";

    // A build script says more than any default of the tool.
    private static BuildStep? Step(AppFolder app, Framework framework, SiteOutput? read)
    {
        var script = read?.Script ?? (app.BuildScript.Length > 0 ? "build" : null);
        return framework.Native is { } native ? new BuildStep { Native = native }
            : script is not null ? new BuildStep { Script = script }
            : framework.Tool is { } tool ? new BuildStep { Tool = tool }
            : null;
    }

    // A script that never calls the framework's tool may write anywhere.
    private static bool RunsSomethingElse(AppFolder app, Framework framework, SiteOutput? read, BuildStep? step)
    {
        var tool = framework.Tool?.Split(' ')[0];
        if (tool is null || step?.Script is not { } script || read?.Source.Contains("scripts.", StringComparison.Ordinal) is true)
        {
            return false;
        }

        string[] names = [tool, framework.Id, .. framework.Aliases];
        return !BuildScript.Runs(app, script, word => names.Any(name => word.Contains(name, StringComparison.Ordinal)));
    }

    private static void Warn(AppFolder app, Framework framework, SiteOutput? read, bool server, bool leavesFiles, Findings findings)
    {
        if (server)
        {
            findings.Warn(read?.Warning ?? (leavesFiles
                ? $"{framework.Label} needs a server of its own; static hosting serves at most its client files."
                : NeedsServer(framework.Label, framework.Advice)));
        }
        else if (read?.Warning is { } warning)
        {
            findings.Warn(warning);
        }
        else if (framework.Native is null && ServerParts.Beside(app) is { } part)
        {
            findings.Warn(NotRun(part));
        }
    }
}

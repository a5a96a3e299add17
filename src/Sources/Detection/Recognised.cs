using BuildFunctions.Sources.Detection.Frameworks;
using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Sources.Detection;

internal static class Recognised
{
    private const int LongestFolder = 240;

    public static (DetectedProject Project, BuildStep? Step) Describe(AppFolder app, Framework framework, string sign, Findings findings)
    {
        findings.Because(sign, framework.Label);
        var read = framework.Read?.Invoke(app);
        var output = Inside(read?.Folder, findings) ?? framework.Output;
        var server = read?.Server ?? framework.Server;
        if (output is not null)
        {
            findings.Because(read?.Source ?? $"{framework.Label}'s default", $"the site is in {output}");
        }

        if (server)
        {
            findings.Warn(read?.Warning ?? $"{framework.Label} needs a server of its own; static hosting serves at most its client files.");
        }
        else if (read?.Warning is { } warning)
        {
            findings.Warn(warning);
        }

        // A build script says more than any default of the tool.
        var script = read?.Script ?? (app.BuildScript.Length > 0 ? "build" : null);
        var step = framework.Native is { } native ? new BuildStep { Native = native }
            : script is not null ? new BuildStep { Script = script }
            : framework.Tool is { } tool ? new BuildStep { Tool = tool }
            : null;
        var project = new DetectedProject
        {
            Framework = framework.Id,
            Label = framework.Label,
            Output = output,
            Spa = !server && (read?.Spa ?? framework.Spa),
            Server = server,
            NeedsBuild = step is not null,
            Command = framework.Native,
        };
        return (project, step);
    }

    private static string? Inside(string? folder, Findings findings)
    {
        if (folder is null)
        {
            return null;
        }

        if (ProjectPath.Normalise(folder) is { Length: > 0 and <= LongestFolder } inside)
        {
            return inside;
        }

        findings.Warn($"The output folder {folder} is outside the app; set \"output\" in app.json.");
        return null;
    }
}

using System.Text.RegularExpressions;

namespace BuildFunctions.Sources.Detection.Frameworks;

// An option on the build script's command line: it wins over the configuration file.
internal static class ScriptFlag
{
    public static SiteOutput? Folder(AppFolder app, params string[] flags)
    {
        foreach (var flag in flags)
        {
            var match = Regex.Match(app.BuildScript, $@"(?:^|\s){Regex.Escape(flag)}(?:\s+|=)['""]?([\w./@-]+)", RegexOptions.NonBacktracking);
            if (match.Success && match.Groups[1].Value is var folder && !folder.StartsWith('-'))
            {
                return new SiteOutput(folder, $"{app.PathOf("package.json")} scripts.build {flag}");
            }
        }

        return null;
    }
}

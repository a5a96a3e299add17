using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Cli.Projects;

/// <summary>The app that a folder is: by its app.json, else the one that it was deployed as before, else by its name.</summary>
internal static class FolderApp
{
    /// <summary>Null where no app can be called so.</summary>
    public static AppName? Of(DirectoryInfo folder) => AppName.TryParse(Settled(folder) ?? FolderMemory.Read(folder)?.App ?? ProjectName.Of(folder.Name), out var app) ? app : null;

    private static string? Settled(DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, AppSettingsFile.Name);
        return File.Exists(file) ? AppSettingsFile.Parse(File.ReadAllText(file)).Settings?.Name : null;
    }
}

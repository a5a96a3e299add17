using BuildFunctions.Cli.Projects;

namespace BuildFunctions.Cli.Runs;

/// <summary>What a broker knows a folder by: where its git repository comes from, else a random name that the folder keeps.</summary>
internal static class FolderOrigin
{
    private const string Folder = "folder ";

    public static string Of(DirectoryInfo folder, RememberedApp memory) => GitOrigin.Of(folder) ?? Folder + memory.Folder;

    public static bool IsFolder(string origin) => origin.StartsWith(Folder, StringComparison.Ordinal);
}

using System.Text;

namespace BuildFunctions.Sources.Trees;

internal static class SourceTreeExtensions
{
    private const int LongestText = 1 << 20;

    // The start of the file, up to a limit that no settings file comes near.
    public static string? ReadText(this ISourceTree tree, string path, int limit = LongestText)
    {
        using var stream = tree.OpenRead(path);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[Math.Min(limit, LongestText)];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }

    public static bool FolderExists(this ISourceTree tree, string folder) => tree.List(folder).Count > 0;
}

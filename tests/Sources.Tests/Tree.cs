using System.Text;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests;

internal static class Tree
{
    /// <summary>As the broker sees a source: every path, and the text of those files alone that detection may ask for.</summary>
    public static MemorySourceTree Of(params (string Path, string Text)[] files) =>
        new(files.ToDictionary(file => file.Path,
            byte[]? (file) => DetectionFiles.Matter(file.Path) ? Encoding.UTF8.GetBytes(file.Text) : null));
}

using System.Text;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests;

internal static class Tree
{
    public static MemorySourceTree Of(params (string Path, string Text)[] files) => new(files.ToDictionary(file => file.Path, byte[]? (file) => Encoding.UTF8.GetBytes(file.Text)));
}

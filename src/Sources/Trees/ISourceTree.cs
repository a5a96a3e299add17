namespace BuildFunctions.Sources.Trees;

/// <summary>Files by path (relative, slashes between, no leading slash), wherever they are kept. The top folder is the empty path.</summary>
public interface ISourceTree
{
    bool FileExists(string path);

    /// <summary>The names in a folder, folders with a slash at the end; none when there is no such folder.</summary>
    IReadOnlyCollection<string> List(string folder);

    /// <summary>Null when there is no such file or this tree did not keep its text.</summary>
    Stream? OpenRead(string path);
}

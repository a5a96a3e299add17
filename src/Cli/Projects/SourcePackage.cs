using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Cli.Projects;

/// <summary>A packed source in a temporary file, gone when this is disposed.</summary>
internal sealed class SourcePackage(string path, PackedSource packed) : IDisposable
{
    public PackedSource Packed => packed;

    public FileStream OpenRead() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);

    public void Dispose() => File.Delete(path);
}

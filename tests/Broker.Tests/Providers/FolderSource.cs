using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Sources;

namespace BuildFunctions.Broker.Tests.Providers;

/// <summary>A source of the given files, whatever is asked for.</summary>
internal sealed class FolderSource(params (string Path, string Text)[] files) : ISourceReader
{
    public int Fills { get; private set; }

    public async Task FillAsync(RunSource source, string folder, CancellationToken cancellationToken)
    {
        Fills++;
        foreach (var (path, text) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, text, cancellationToken);
        }
    }
}

using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Packing;

// The files of a folder, one after the other, read straight into the block that is compressed next.
internal sealed class SourceArchive(string folder, Stream output, CancellationToken cancellationToken) : IDisposable
{
    private readonly SourceWriter _writer = new(output, cancellationToken);

    public long Read { get; private set; }

    public long Written => _writer.Written;

    // What is wrong with the file, or null. The archive is of no use after a fault.
    public async ValueTask<string?> AddAsync(SourceEntry entry)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (entry.LinkTarget is not null)
        {
            await _writer.AddLinkAsync(entry.Path, entry.LinkTarget);
            return null;
        }

        using var file = SourceFile.Open(Path.Combine(folder, entry.Path), entry.Length);
        if (file.Fault is not null)
        {
            return file.Fault;
        }

        await _writer.BeginFileAsync(entry.Path, file.Length, file.Executable);
        for (long at = 0; at < file.Length;)
        {
            var count = file.Read(_writer.Free.Span, at);
            if (count == 0)
            {
                return "became shorter while it was read";
            }

            at += count;
            Read += count;
            await _writer.AdvanceAsync(count);
        }

        await _writer.EndFileAsync(file.Length);
        return null;
    }

    public Task<string> FinishAsync() => _writer.FinishAsync();

    public void Dispose() => _writer.Dispose();
}

using System.Formats.Tar;
using System.Text;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>All that a run needs, as one stream: its script, its environment, its marks and its source. Nothing of it stands on a command line.</summary>
internal sealed class SshParcel(RunRequest request, RunSecrets secrets, HarnessPlan plan, string? workspace, SshContainer? container)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public async Task WriteAsync(ContentDownload source, Stream output, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var (name, text) in Texts())
        {
            await WriteAsync(tar, $"control/{name}", new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellation);
        }

        await WriteAsync(tar, "source.tar.gz", new SizedStream(source.Content, source.Length), cancellation);
    }

    private static async Task WriteAsync(TarWriter tar, string name, Stream content, CancellationToken cancellation) =>
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = OwnersFile, DataStream = content }, cancellation);

    private IEnumerable<(string Name, string Text)> Texts()
    {
        yield return ("build.sh", HarnessScript.Build(plan));
        // With an image the build's variables are for what runs in it alone: what runs outside must not be told by them what to load.
        yield return (container is null ? "env.sh" : "inside.sh", HarnessScript.Environment(request, secrets));
        yield return ("broker", request.Broker);
        if (plan.Cache is { } cache)
        {
            yield return ("cache", cache);
        }

        if (workspace is not null)
        {
            yield return ("workspace", workspace);
        }

        if (container is not null)
        {
            yield return ("container.sh", container.Script);
        }

        if (request.Needs is { KeepWorkspace: true })
        {
            yield return ("keep", "");
        }
    }
}

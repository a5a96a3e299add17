using System.CommandLine;
using System.Security.Cryptography;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class DownloadCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Where to write it; BUILD.tar.gz here if absent", HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a file that is there" };

    public DownloadCommand(Session session)
        : base("download", "Download a build's artifact, the file that 'bf verify' checks", session)
    {
        Arguments.Add(_build);
        Options.Add(_output);
        Options.Add(_force);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var id = await run.FindBuildAsync(broker, _build, interrupted);
        var path = Path.GetFullPath(run.Get(_output) ?? $"{id}.tar.gz", run.Shell.Directory);
        if (File.Exists(path) && !run.Get(_force))
        {
            throw new UsageException($"{path} is there already; --force replaces it.");
        }

        var half = $"{path}.{run.Shell.NewKey()}.part";
        try
        {
            var digest = await broker.DownloadAsync(id, (body, cancel) => WriteAsync(body, half, cancel), interrupted);
            await CheckAsync(half, digest, interrupted);
            File.Move(half, path, overwrite: run.Get(_force));
        }
        finally
        {
            File.Delete(half);
        }

        run.Terminal.Say($"{path}: check it with bf verify");
        run.Terminal.Data(path);
        return ExitCode.Ok;
    }

    private static async Task WriteAsync(Stream body, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        await body.CopyToAsync(file, cancellationToken);
    }

    private static async Task CheckAsync(string path, string? digest, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var actual = $"sha-256=:{Convert.ToBase64String(await SHA256.HashDataAsync(file, cancellationToken))}:";
        if (digest is not null && digest != actual)
        {
            throw new IOException("The artifact arrived damaged: its SHA-256 is not the one that the broker says.");
        }
    }
}

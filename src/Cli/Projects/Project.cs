using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Files;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Cli.Projects;

/// <summary>A folder that may be deployed: what the broker is asked for, and what is sent.</summary>
internal sealed record Project(DirectoryInfo Folder, BuildRequest Request, IReadOnlyList<string> Exclude)
{
    public static Project Read(DirectoryInfo folder, Terminal terminal, bool asIs) =>
        new(folder, new BuildRequest { App = NameOf(folder.Name) }, []);

    public async Task<SourcePackage> PackAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        PackResult result;
        try
        {
            await using var file = PrivateFile.Create(path);
            result = await SourcePacker.PackAsync(Folder.FullName, file, new PackOptions { Exclude = Exclude }, cancellationToken);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        if (result is PackedSource packed)
        {
            terminal.Say($"Packed {packed.Files} {(packed.Files == 1 ? "file" : "files")}, {Measure.Size(packed.Size)}");
            return new SourcePackage(path, packed);
        }

        File.Delete(path);
        var refusal = (PackRefusal)result;
        throw new ProblemException(new Problem { Code = refusal.Code, Status = 0, Title = refusal.Message, Detail = refusal.ToString() });
    }

    /// <summary>The nearest name that is allowed.</summary>
    private static string? NameOf(string folder)
    {
        var letters = folder.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        var name = string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name[..Math.Min(name.Length, 63)].TrimEnd('-');
        return AppName.TryParse(name, out _) ? name : null;
    }
}

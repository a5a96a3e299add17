using System.Text.Json;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Files;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Limits;
using BuildFunctions.Sources.Detection;
using BuildFunctions.Sources.Packing;
using BuildFunctions.Sources.Settings;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Cli.Projects;

/// <summary>A folder that may be deployed: what it holds, and what would be sent of it.</summary>
internal sealed record Project(DirectoryInfo Folder, AppSettings Settings, DetectedProject Detected, SourceListing Listing)
{
    /// <param name="root">The app's folder in the source, if it was named.</param>
    public static Project Read(DirectoryInfo folder, string? root, Terminal terminal, CancellationToken cancellationToken)
    {
        var settings = ReadSettings(folder, terminal);
        var listing = DirectoryWalk.List(folder.FullName, settings.Exclude, cancellationToken: cancellationToken);
        var detected = ProjectDetector.Detect(new DirectorySourceTree(folder.FullName, listing), root ?? settings.Build.Root ?? "");
        foreach (var warning in detected.Warnings)
        {
            terminal.Say($"Warning: {warning}");
        }

        return new Project(folder, settings, detected, listing);
    }

    /// <summary>The folder of the app itself, which in a monorepo is one below.</summary>
    public DirectoryInfo AppFolder(BuildRequest said) => (said.Root ?? Settings.Build.Root) is { Length: > 0 } root ? new DirectoryInfo(Path.Combine(Folder.FullName, root)) : Folder;

    /// <summary>What the broker is asked for: what was said, over app.json, over what was detected.</summary>
    public BuildRequest Request(BuildRequest said)
    {
        var resolved = ProjectSettings.Resolve(said, Settings, Detected);
        return said with
        {
            App = said.App ?? Settings.Name ?? FolderMemory.Read(AppFolder(said))?.App ?? ProjectName.Of(Folder.Name),
            Provider = said.Provider ?? (said.Providers is null ? Settings.Build.Provider : null),
            Repo = said.Repo ?? Settings.Build.Repo,
            Root = resolved.Root.Value is { Length: > 0 } root ? root : null,
            Install = resolved.Install.Value,
            Command = resolved.Command.Value,
            Output = said.NoBuild && Detected.NeedsBuild ? said.Output ?? "." : IsGuess(resolved.Output) ? null : resolved.Output.Value,
            Node = resolved.Node.Source == SettingSource.Default ? null : resolved.Node.Value,
            Env = resolved.Env.Count > 0 ? resolved.Env.ToDictionary(pair => pair.Key, pair => pair.Value.Value) : null,
            Secrets = said.Secrets ?? (Settings.Build.Secrets.Count > 0 ? Settings.Build.Secrets : null),
            Framework = Detected.Framework,
            Spa = Detected.Spa,
            PackageManager = Detected.PackageManager,
            NeedsBuild = !said.NoBuild && resolved.Command.Value is not null,
        };
    }

    /// <summary>Refuses what cannot come to anything before it is sent.</summary>
    public void Tell(BuildRequest request, Terminal terminal)
    {
        if (request.App is null)
        {
            throw new UsageException($"No app can be called '{Folder.Name}'. Give it a name with --app, or in app.json.");
        }

        if (Detected is { Server: true, Output: null } && request is { NoBuild: false, Output: null })
        {
            throw new UsageException(
                $"{Detected.Label} needs a server, and here only files are put online. "
                + "Say with --command and --output how its pages are written as files and where.");
        }

        if (request is { NeedsBuild: false, NoBuild: false, Output: null })
        {
            throw new UsageException("Nothing here can be built or served. Say how with --command and --output, or put the folder online as it is with --no-build.");
        }

        terminal.Say($"Detected: {Label(request)}");
        TellName(request, terminal);
        var output = $"{request.Output?.TrimEnd('/')}/";
        terminal.Say(request switch
        {
            { NeedsBuild: not true } => "Nothing to build; the folder is deployed as it is",
            { Output: null } => "Triggering build...",
            _ when Directory.Exists(Path.Combine(Folder.FullName, request.Root ?? "", request.Output)) => $"{output} is left here, triggering build...",
            _ => $"No {output} found, triggering build...",
        });
    }

    /// <summary>A name that is not the folder's own is told: the address is made of it.</summary>
    private void TellName(BuildRequest request, Terminal terminal)
    {
        var folder = Folder.Name;
        if (request.App is not { } app || app == folder || app == Settings.Name)
        {
            return;
        }

        terminal.Say(app == ProjectName.Of(folder)
            ? $"The app is called '{app}': a name has lower-case letters, digits and inner hyphens, and '{folder}' has others (--app chooses another)."
            : $"The app is called '{app}'.");
    }

    /// <summary>What a person is told this is; a build that was found or named is more than something unknown.</summary>
    public string Label(BuildRequest request) =>
        Detected.Label is not ("" or "Unknown") ? Detected.Label
        : request is { NoBuild: false, Command: { } command } ? $"no framework that is known here; '{command}' builds it"
        : "files as they are, of no framework that is known here";

    public async Task<SourcePackage> PackAsync(Terminal terminal, SourceLimits limits, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"bf-{Path.GetRandomFileName()}");
        var options = new PackOptions { Exclude = Settings.Exclude };
        options = options with { Limit = limits.Bytes ?? options.Limit, FileLimit = limits.FileBytes ?? options.FileLimit };
        PackResult result;
        try
        {
            await using var file = PrivateFile.Create(path);
            result = await SourcePacker.PackAsync(Folder.FullName, Listing, file, options, cancellationToken);
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
        throw Refused((PackRefusal)result);
    }

    /// <summary>A guess is left to the broker, which knows what earlier builds made and lets the run look.</summary>
    private bool IsGuess(Setting<string?> output) => output.Source == SettingSource.Detected && Detected.OutputIsGuess;

    private static AppSettings ReadSettings(DirectoryInfo folder, Terminal terminal)
    {
        var file = Path.Combine(folder.FullName, AppSettingsFile.Name);
        if (!File.Exists(file))
        {
            return new AppSettings();
        }

        var reading = AppSettingsFile.Parse(File.ReadAllText(file));
        foreach (var warning in reading.Warnings)
        {
            terminal.Say($"Warning: {warning}");
        }

        return reading.Settings ?? throw new ProblemException(new Problem { Code = ErrorCode.Validation, Status = 0, Title = string.Join('\n', reading.Faults) });
    }

    private static ProblemException Refused(PackRefusal refusal) => new(new Problem
    {
        Code = refusal.Code,
        Status = 0,
        Title = refusal.Message,
        Detail = refusal.ToString(),
        Fields = refusal.Limit is null ? null : new Dictionary<string, JsonElement>
        {
            ["setting"] = JsonSerializer.SerializeToElement(refusal.IsOfOneFile ? LimitName.SourceFileBytes : LimitName.SourceBytes, ContractsJson.Default.String),
        },
    });
}

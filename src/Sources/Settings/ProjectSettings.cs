using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Settings;

/// <summary>What a build really runs with: the request over <c>app.json</c> over what was detected.</summary>
public sealed record ProjectSettings
{
    private static readonly Dictionary<string, string> NoEnv = [];

    public required Setting<string> Root { get; init; }

    /// <summary>Absent where nothing is installed.</summary>
    public required Setting<string?> Install { get; init; }

    /// <summary>Absent where nothing is built.</summary>
    public required Setting<string?> Command { get; init; }

    public required Setting<string?> Output { get; init; }

    public required Setting<string> Node { get; init; }

    /// <summary>Variables of the request over those of <c>app.json</c>, each with its own source.</summary>
    public required IReadOnlyDictionary<string, Setting<string>> Env { get; init; }

    public static ProjectSettings Resolve(BuildRequest request, AppSettings? file, DetectedProject detected)
    {
        var build = file?.Build ?? new BuildSettings();
        return new ProjectSettings
        {
            Root = Place(request, build, detected),
            Install = Pick<string?>(request.Install, build.Install, detected.Install, null),
            Command = request.NoBuild ? new Setting<string?>(null, SettingSource.Request) : Pick<string?>(request.Command, build.Command, detected.Command, null),
            Output = Pick<string?>(request.Output, build.Output, detected.Output, null),
            Node = Pick(request.Node, build.Node, detected.Node, Detection.Packages.NodeRange.Default.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Env = Merge(build.Env, request.Env ?? NoEnv),
        };
    }

    // Detection looks in the folder that was named and may answer that the app is built from another; whoever says how to build means the
    // named one.
    private static Setting<string> Place(BuildRequest request, BuildSettings build, DetectedProject detected)
    {
        var named = Pick(request.Root, build.Root, detected.Root, "");
        var decided = request.NoBuild || (request.Command ?? request.Output ?? build.Command ?? build.Output) is not null;
        return decided || named.Value == detected.Root ? named : new Setting<string>(detected.Root, SettingSource.Detected);
    }

    private static Setting<T> Pick<T>(T? request, T? file, T? detected, T otherwise) =>
        request is not null ? new(request, SettingSource.Request)
        : file is not null ? new(file, SettingSource.AppJson)
        : detected is not null ? new(detected, SettingSource.Detected)
        : new(otherwise, SettingSource.Default);

    private static SortedDictionary<string, Setting<string>> Merge(IReadOnlyDictionary<string, string> file, IReadOnlyDictionary<string, string> request)
    {
        var env = new SortedDictionary<string, Setting<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in file)
        {
            env[name] = new Setting<string>(value, SettingSource.AppJson);
        }

        foreach (var (name, value) in request)
        {
            env[name] = new Setting<string>(value, SettingSource.Request);
        }

        return env;
    }
}

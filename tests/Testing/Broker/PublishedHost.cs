using System.Diagnostics;

namespace BuildFunctions.Testing.Broker;

/// <summary>A published host and how it is started. ./dev says where it stands, and <c>BF_HOST</c> which one is meant.</summary>
/// <param name="App">The published app's folder, for a host that is a program apart from it.</param>
public sealed record PublishedHost(HostKind Kind, string Program, string? App = null)
{
    public static PublishedHost Chosen => Of(Enum.Parse<HostKind>(Environment.GetEnvironmentVariable("BF_HOST") is { Length: > 0 } name ? name : nameof(HostKind.Embedded), ignoreCase: true));

    public static PublishedHost Of(HostKind kind) => kind == HostKind.Functions
        ? new(kind, Find("BF_FUNCTIONS_HOST", "functions-host", "BuildFunctions.FunctionsHost"), Path.GetDirectoryName(Find("BF_FUNCTIONS_APP", "app", "host.json")))
        : new(kind, Find("BF_EMBEDDED_HOST", "host", "BuildFunctions.Embedded"));

    /// <param name="settings">Over those that every broker of the tests has.</param>
    public ProcessStartInfo Command(string url, string log, IEnumerable<KeyValuePair<string, string>> settings)
    {
        // A shell in front keeps the output in a file that the host's death does not cut.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$BROKER_LOG\" 2>&1", Program, .. App is null ? (string[])[] : [App], "--urls", url]) { Environment = { ["BROKER_LOG"] = log } };
        if (Kind == HostKind.Functions)
        {
            // The worker knows its own address only; the host's is what people call.
            (start.Environment["Broker__Url"], start.Environment["Broker__Private"]) = (url, "true");
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <param name="variable">Names the folder, when it is another one.</param>
    private static string Find(string variable, string folder, string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : Path.Combine(RepositoryRoot.Path, ".dev", folder), name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: ./dev publishes it ({variable} names another folder).");
    }
}

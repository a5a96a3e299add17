using System.Diagnostics;

namespace BuildFunctions.Testing.Broker;

/// <summary>A published host and how it is started. ./dev says where it stands, and <c>BF_HOST</c> which one is meant.</summary>
public sealed record PublishedHost(HostKind Kind, string Program)
{
    public static PublishedHost Chosen => Of(Enum.Parse<HostKind>(Environment.GetEnvironmentVariable("BF_HOST") is { Length: > 0 } name ? name : nameof(HostKind.Embedded), ignoreCase: true));

    public static PublishedHost Of(HostKind kind) => kind switch
    {
        HostKind.Functions => new(kind, Find("BF_FUNCTIONS_HOST", Path.Combine("functions-host", "BuildFunctions.Functions.Host"))),
        _ => new(kind, Find("BF_EMBEDDED_HOST", Path.Combine("host", "BuildFunctions.Functions"))),
    };

    /// <param name="settings">Over those that every broker of the tests has.</param>
    public ProcessStartInfo Command(string url, string log, IEnumerable<KeyValuePair<string, string>> settings)
    {
        // A shell in front keeps the output in a file that the host's death does not cut.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$BROKER_LOG\" 2>&1", Program, "--urls", url]) { Environment = { ["BROKER_LOG"] = log } };
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

    private static string Find(string variable, string published)
    {
        var program = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : Path.Combine(RepositoryRoot.Path, ".dev", published);
        return File.Exists(program) ? program : throw new InvalidOperationException($"{program} is not there: ./dev publishes it ({variable} names another one).");
    }
}

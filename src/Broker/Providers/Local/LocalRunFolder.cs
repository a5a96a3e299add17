using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>Where the files of one run are.</summary>
internal sealed record LocalRunFolder(string Path)
{
    public string Source => System.IO.Path.Combine(Path, "source");

    public string Control => System.IO.Path.Combine(Path, "control");

    public string Script => System.IO.Path.Combine(Control, "build.sh");

    public string Environment => System.IO.Path.Combine(Control, "env.sh");

    public string Authorization => System.IO.Path.Combine(Control, "authorization");

    public string Broker => System.IO.Path.Combine(Control, "broker");

    public string Log => System.IO.Path.Combine(Control, "log");

    public string Steps => System.IO.Path.Combine(Control, "steps");

    public string Process => System.IO.Path.Combine(Control, "pid");

    public string Result => System.IO.Path.Combine(Control, "result");

    public string Cancel => System.IO.Path.Combine(Control, "cancel");

    public string Artifact => System.IO.Path.Combine(Control, "artifact.tar.gz");

    public static string Runs(string data) => System.IO.Path.Combine(System.IO.Path.GetFullPath(data), "runs");

    /// <param name="own">For runs that have users of their own: what the broker's user has written they could not change.</param>
    public static string Caches(string data, bool own) => System.IO.Path.Combine(System.IO.Path.GetFullPath(data), own ? "own-caches" : "caches");

    public static string Cache(string data, AppName app, bool own) => System.IO.Path.Combine(Caches(data, own), app.ToString());

    public static LocalRunFolder Of(string data, RunId run) => new(System.IO.Path.Combine(Runs(data), run.ToString()));

    /// <summary>The text of a file that is nobody's but the system's, or null when it is not there.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

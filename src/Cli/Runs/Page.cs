using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Runs;

internal static class Page
{
    /// <summary>Only web addresses: anything else could start a program.</summary>
    public static bool Show(Shell shell, string url) => Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" && shell.Browse(page);
}

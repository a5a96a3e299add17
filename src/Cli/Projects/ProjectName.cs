using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Projects;

internal static class ProjectName
{
    /// <summary>The nearest name to a folder's that an app may have.</summary>
    public static string? Of(string folder)
    {
        var letters = folder.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        var name = string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name[..Math.Min(name.Length, 63)].TrimEnd('-');
        return AppName.TryParse(name, out _) ? name : null;
    }
}

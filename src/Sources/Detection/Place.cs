namespace BuildFunctions.Sources.Detection;

// A folder for the site: below the app's own folder, or elsewhere in the source, and then seen from its top.
internal sealed record Place(string Folder, bool FromTop, bool IsGuess = false)
{
    private const int Longest = 240;

    public static Place? Of(AppFolder app, string? folder, Findings findings)
    {
        if (folder is null)
        {
            return null;
        }

        if (ProjectPath.Normalise(folder) is { Length: > 0 and <= Longest } inside)
        {
            return new Place(inside, FromTop: false);
        }

        if (IsPlain(app.Folder) && ProjectPath.Normalise($"{app.Folder}/{folder}") is { Length: > 0 and <= Longest } elsewhere)
        {
            return new Place(elsewhere, FromTop: true);
        }

        findings.Warn($"The output folder {folder} is outside the source; set \"output\" in app.json.");
        return null;
    }

    // The folder's name goes into a shell command and comes from outside.
    private static bool IsPlain(string folder) =>
        folder.Length > 0 && folder[0] != '-' && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');
}

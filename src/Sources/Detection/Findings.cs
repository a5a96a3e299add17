namespace BuildFunctions.Sources.Detection;

// What detection has to say beside its answer.
internal sealed class Findings
{
    // Both are kept with the build, and may hold text of the source.
    private const int Longest = 500;

    public List<Evidence> Evidence { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Because(string source, string decision) => Evidence.Add(new Evidence(Cut(source), Cut(decision)));

    public void Guess(string folder, string source)
    {
        Because(source, $"the site is in {folder}: a guess");
        Warn(
            $"The output folder {folder} is a guess. Where the build makes another one that holds an index.html, that one is taken; "
            + "set \"output\" in app.json to be sure.");
    }

    public void Warn(string warning) => Warnings.Add(Cut(warning));

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}

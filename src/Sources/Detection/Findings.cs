namespace BuildFunctions.Sources.Detection;

// What detection has to say beside its answer.
internal sealed class Findings
{
    // Both are kept with the build, and may hold text of the source.
    private const int Longest = 500;

    public List<Evidence> Evidence { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Because(string source, string decision) => Evidence.Add(new Evidence(Cut(source), Cut(decision)));

    public void Warn(string warning) => Warnings.Add(Cut(warning));

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}

namespace BuildFunctions.Sources.Detection;

// What detection has to say beside its answer.
internal sealed class Findings
{
    public List<Evidence> Evidence { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Because(string source, string decision) => Evidence.Add(new Evidence(source, decision));

    public void Warn(string warning) => Warnings.Add(warning);
}

namespace BuildFunctions.Embedded;

/// <summary>The app cannot start; every fault that was found is listed.</summary>
internal sealed class FunctionsStartupException(IReadOnlyList<string> faults)
    : Exception($"The app cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(fault => $"  - {fault}"))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

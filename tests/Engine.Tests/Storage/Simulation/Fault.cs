namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <param name="Kind">What happens.</param>
/// <param name="Status">The status of the false answer; 0 is a broken connection.</param>
/// <param name="Delay">How late, or how many transactions back in time.</param>
internal readonly record struct Fault(FaultKind Kind, int Status = 0, TimeSpan Delay = default)
{
    public override string ToString() => Status == 0 ? $"{Kind}" : $"{Kind} {Status}";
}

namespace BuildFunctions.Functions.Tests.Retention;

/// <summary>The time, as it will be.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}

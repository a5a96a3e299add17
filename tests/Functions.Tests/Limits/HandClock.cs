namespace BuildFunctions.Functions.Tests.Limits;

/// <summary>A clock that the test moves.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Pass(TimeSpan time) => _ticks += time.Ticks;
}

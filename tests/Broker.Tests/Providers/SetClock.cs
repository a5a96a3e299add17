namespace BuildFunctions.Broker.Tests.Providers;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(int seconds) => _now = _now.AddSeconds(seconds);
}

namespace BuildFunctions.Functions.Limits;

/// <summary>A token bucket.</summary>
public sealed class BucketOptions
{
    /// <summary>How fast it fills.</summary>
    public double PerSecond { get; set; } = 1;

    /// <summary>How much it holds, in requests.</summary>
    public int Burst { get; set; } = 1;
}

namespace BuildFunctions.BlackBox.Measured;

/// <summary>Cases by which two hosts are compared: each has the machine to itself, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredCollection
{
    public const string Name = "measured";
}

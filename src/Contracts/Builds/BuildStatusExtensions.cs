namespace BuildFunctions.Contracts.Builds;

public static class BuildStatusExtensions
{
    /// <summary>Whether nothing will change this status any more.</summary>
    public static bool IsFinal(this BuildStatus status) => status is not (BuildStatus.Pending or BuildStatus.Running);
}

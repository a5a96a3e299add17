namespace Microsoft.DurableTask.Abstractions;

/// <summary>Order of versions: blank first, then as numbers where both are, else as text.</summary>
public static class TaskOrchestrationVersioningUtils
{
    public static int CompareVersions(string sourceVersion, string otherVersion)
    {
        var (source, other) = (string.IsNullOrWhiteSpace(sourceVersion), string.IsNullOrWhiteSpace(otherVersion));
        if (source || other)
        {
            return other.CompareTo(source);
        }

        return Version.TryParse(sourceVersion, out var left) && Version.TryParse(otherVersion, out var right)
            ? left.CompareTo(right)
            : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
    }
}

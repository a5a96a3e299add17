namespace Microsoft.DurableTask.Worker;

/// <summary>Which versions of orchestrations this process runs. host.json sets it, too.</summary>
public class DurableTaskWorkerOptions
{
    public VersioningOptions? Versioning { get; set; }

    public bool IsVersioningSet => Versioning is not null;

    public enum VersionMatchStrategy
    {
        None = 0,
        Strict = 1,
        CurrentOrOlder = 2,
    }

    public enum VersionFailureStrategy
    {
        Reject = 0,
        Fail = 1,
    }

    public class VersioningOptions
    {
        /// <summary>Of this process.</summary>
        public string Version { get; set; } = "";

        /// <summary>Of instances started without one.</summary>
        public string DefaultVersion { get; set; } = "";

        public VersionMatchStrategy MatchStrategy { get; set; }

        /// <summary>Rejected instances wait for a process that runs them; it may be a later start of this one.</summary>
        public VersionFailureStrategy FailureStrategy { get; set; }
    }
}

using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Sources;

/// <summary>Brings the source that a run refers to.</summary>
public interface ISourceReader
{
    /// <summary>Fills an empty folder.</summary>
    Task FillAsync(RunSource source, string folder, CancellationToken cancellationToken);
}

using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace BuildFunctions.Engine.Hub;

/// <summary>Everything outside that the engine touches.</summary>
internal sealed record HubEnvironment
{
    public required IHubStore Store { get; init; }
    public required IOwnership Ownership { get; init; }
    public required ITaskCatalog Catalog { get; init; }
    public required ILoggerFactory Loggers { get; init; }
    public EngineOptions Options { get; init; } = new();
    public VersioningOptions Versioning { get; init; } = new();
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;
    /// <summary>Where work of its own begins; nothing in the engine leaves the context it was begun on.</summary>
    public Func<Func<Task>, Task> Begin { get; init; } = Task.Run;
    public Func<Guid> NewId { get; init; } = () => Guid.CreateVersion7();
}

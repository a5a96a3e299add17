namespace BuildFunctions.Embedded.Durable.Hub;

/// <summary>The code of an activity.</summary>
internal delegate Task<object?> ActivityBody(ActivityCall call, CancellationToken cancellation);

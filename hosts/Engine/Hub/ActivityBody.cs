namespace BuildFunctions.Engine.Hub;

/// <summary>The code of an activity.</summary>
internal delegate Task<object?> ActivityBody(ActivityCall call, CancellationToken cancellation);

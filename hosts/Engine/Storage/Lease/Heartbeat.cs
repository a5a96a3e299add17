namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>Runs <paramref name="beat"/> again and again, waiting what it returns, until told to stop.</summary>
internal delegate void Heartbeat(Func<Task<TimeSpan>> beat, TimeSpan first, CancellationToken stop);

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>The worker is gone or not there yet. By this very text, and only by it, the Durable extension knows that the work is to be done again.</summary>
internal sealed class WorkerUnavailableException() : InvalidOperationException("Did not find any initialized language workers");

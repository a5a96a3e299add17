namespace BuildFunctions.Activities.Failures;

/// <summary>How a broker failure crosses the durable boundary: its message is an <see cref="ActivityFailure"/> as JSON, the only part that every runtime keeps.</summary>
public sealed class ActivityFailureException(string json, Exception? inner) : Exception(json, inner);

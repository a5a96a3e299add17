using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Conformance;

/// <summary>What the orchestrations call: a string in, a string out.</summary>
public static class Activities
{
    private static readonly ConcurrentDictionary<string, int> _attempts = new();

    [Function(nameof(Upper))]
    public static string Upper([ActivityTrigger] string text) => text.ToUpperInvariant();

    [Function(nameof(Nothing))]
    public static string? Nothing([ActivityTrigger] string text) => null;

    [Function(nameof(Fails))]
    public static string Fails([ActivityTrigger] string message) =>
        throw new InvalidOperationException(message, new TimeoutException("inner"));

    /// <summary>Fails until it was called for the third time with the same text.</summary>
    [Function(nameof(ThirdTime))]
    public static string ThirdTime([ActivityTrigger] string text)
    {
        var attempt = _attempts.AddOrUpdate(text, 1, (_, before) => before + 1);
        return attempt >= 3 ? $"attempt {attempt}" : throw new TimeoutException($"attempt {attempt}");
    }

    /// <summary>How often <see cref="ThirdTime"/> was called with the text.</summary>
    [Function(nameof(Attempts))]
    public static string Attempts([ActivityTrigger] string text) => $"{_attempts.GetValueOrDefault(text)}";
}

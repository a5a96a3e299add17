using System.Globalization;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Logs;

/// <summary>Lines that the broker itself writes into a log. They begin with a sign that is taken away from everything a build prints.</summary>
public static class LogMarker
{
    /// <summary>U+241E, the symbol for a record separator.</summary>
    public const char Sign = '\u241E';

    public static string Attempt(int number) => string.Create(CultureInfo.InvariantCulture, $"{Sign} attempt {number}\n");

    public static string Step(LogStep step) => string.Create(CultureInfo.InvariantCulture, $"{Sign} step {step.Name} {step.StartedAt:yyyy-MM-ddTHH:mm:ssZ}\n");

    public static string Gap(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Sign} gap {bytes}\n");
}

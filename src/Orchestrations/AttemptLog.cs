using Microsoft.Extensions.Logging;

namespace BuildFunctions.Orchestrations;

internal static partial class AttemptLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Provider} did not take the cancel of run {Run}")]
    public static partial void CancelNotTaken(this ILogger logger, string run, string provider);
}

using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using TaskFailedException = Microsoft.DurableTask.TaskFailedException;

namespace BuildFunctions.Engine.History;

/// <summary>Failures as they are kept: texts cut to what a row can hold, and as the framework's own exceptions where an orchestration awaits them.</summary>
internal static class Failures
{
    private const int LongestText = 8_000;
    private const int DeepestInner = 16;

    public static TaskFailureDetails Of(string type, string message) => new(type, message, null, null, null);

    public static TaskFailureDetails From(Exception exception, int depth = DeepestInner) => new(
        exception.GetType().ToString(),
        Cut(MessageOf(exception))!,
        Cut(exception.StackTrace),
        exception is TaskFailedException failed ? Shorten(failed.FailureDetails, depth)
            : exception.InnerException is { } inner && depth > 0 ? From(inner, depth - 1) : null,
        null);

    /// <summary>What the orchestration catches. The framework's exception is inside, as in Durable Functions: retry policies are asked with that.</summary>
    public static TaskFailedException Thrown(string task, HistoryEvent.TaskFailed failed) => new(task, failed.Id, new DurableTask.Core.Exceptions.TaskFailedException(
        failed.Id, failed.Id, task, "", failed.Failure.ErrorMessage, null) { FailureDetails = Core(failed.Failure, failed.IsNonRetriable) });

    public static bool IsRetriable(TaskFailedException failure) =>
        failure.InnerException is not OrchestrationException { FailureDetails.IsNonRetriable: true };

    private static FailureDetails Core(TaskFailureDetails details, bool isNonRetriable) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace,
        details.InnerFailure is { } inner ? Core(inner, false) : null, isNonRetriable, details.Properties);

    /// <summary>Each parent wraps its child's failure once more, and nothing so deep could be read again.</summary>
    private static TaskFailureDetails Shorten(TaskFailureDetails details, int depth) =>
        details with { InnerFailure = details.InnerFailure is { } inner && depth > 0 ? Shorten(inner, depth - 1) : null };

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception other)
        {
            return $"Its message is not known: reading it throws {other.GetType()}.";
        }
    }

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] + "…" : text;
}

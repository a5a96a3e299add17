using System.Text.Json.Serialization;

namespace Microsoft.DurableTask;

/// <summary>A failure as it is kept: what an exception was, without the exception.</summary>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    private const int LongestText = 8_000;
    private const int DeepestInner = 8;

    [JsonInclude]
    internal bool IsNonRetriable { get; init; }

    internal static TaskFailureDetails Of(string type, string message) => new(type, message, null, null, null);

    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, DeepestInner);
    }

    public bool IsCausedBy<T>() where T : Exception => IsCausedBy(typeof(T));

    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        var type = Type.GetType(ErrorType) ?? targetBaseExceptionType.Assembly.GetType(ErrorType)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType)).FirstOrDefault(found => found is not null);
        return targetBaseExceptionType.IsAssignableFrom(type);
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    private static TaskFailureDetails From(Exception exception, int depth) => new(
        exception.GetType().FullName!,
        Cut(exception.Message)!,
        Cut(exception.StackTrace),
        exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is { } inner && depth > 0 ? From(inner, depth - 1) : null,
        null);

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] + "…" : text;
}

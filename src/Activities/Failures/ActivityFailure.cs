using System.Text.Json;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using Microsoft.DurableTask;

namespace BuildFunctions.Activities.Failures;

/// <summary>What an orchestration knows of an activity that failed; the activity edge's one mapping.</summary>
public sealed record ActivityFailure
{
    // It goes into history, record and timeline, and may hold text of a source or a provider.
    private const int Longest = 2000;

    public required FailureKind Kind { get; init; }

    public required Problem Problem { get; init; }

    /// <summary>When a provider wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The call is known to have had no effect.</summary>
    public bool NothingStarted { get; init; }

    public static ActivityFailureException Wrap(BrokerFailure failure)
    {
        var mapped = new ActivityFailure
        {
            Kind = failure switch
            {
                RejectedException => FailureKind.Rejected,
                WorkerLostException => FailureKind.WorkerLost,
                _ => FailureKind.Transient,
            },
            RetryAfter = (failure as TransientException)?.RetryAfter,
            NothingStarted = failure is RejectedException or TransientException { NothingStarted: true },
            Problem = new Problem
            {
                Code = failure.Code,
                Status = 0,
                Title = Cut(failure.Message),
                Detail = Cut(failure.Message),
                Fields = failure.Fields.Count == 0 ? null : failure.Fields.ToDictionary(field => field.Name, field => field.Value),
            },
        };
        return new ActivityFailureException(JsonSerializer.Serialize(mapped, ActivitiesJson.Default.ActivityFailure), failure);
    }

    /// <summary>What nobody foresaw: whoever looks at the build is told where the broker's log has it, and no more.</summary>
    public static ActivityFailureException Hide(string logId)
    {
        var hidden = new ActivityFailure { Kind = FailureKind.Unexpected, Problem = Bug($"Something went wrong in the broker. Its log says more, under {logId}.") };
        return new ActivityFailureException(JsonSerializer.Serialize(hidden, ActivitiesJson.Default.ActivityFailure), inner: null);
    }

    public static ActivityFailure Of(TaskFailureDetails details)
    {
        if (details.ErrorType == typeof(ActivityFailureException).FullName)
        {
            return JsonSerializer.Deserialize(details.ErrorMessage, ActivitiesJson.Default.ActivityFailure)!;
        }

        return details.InnerFailure is { } inner && details.ErrorType == typeof(TaskFailedException).FullName
            ? Of(inner)
            : new ActivityFailure { Kind = FailureKind.Unexpected, Problem = Bug("Something went wrong in the broker. Its log says more, under the build's id.") };
    }

    private static Problem Bug(string detail) => new() { Code = ErrorCode.Internal, Status = 500, Title = "Something went wrong in the broker", Detail = detail };

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}

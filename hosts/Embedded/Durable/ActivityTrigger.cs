namespace BuildFunctions.Embedded.Durable;

/// <summary>Activity functions: the trigger parameter is the input.</summary>
internal sealed class ActivityTrigger : ITriggerKind
{
    public const string Kind = "activityTrigger";

    public string Type => Kind;
}

using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Triggers;

namespace BuildFunctions.Embedded.Durable;

/// <summary>Activity functions: the trigger parameter is the input.</summary>
internal sealed class ActivityTrigger : ITriggerKind
{
    public const string Kind = "activityTrigger";

    public string Type => Kind;

    public string Describe(AppFunction function) => "activity";

    public void Check(AppFunction function, ICollection<string> faults)
    {
    }

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (function.IsTrigger(parameter))
        {
            return context => new(context.TriggerValue);
        }

        why = "Beside its input an activity takes FunctionContext, CancellationToken and parameters with a binding attribute.";
        return null;
    }
}

using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Triggers;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Timers;

/// <summary>Timer functions: the trigger parameter is a TimerInfo.</summary>
internal sealed class TimerTrigger(TimerSchedules schedules) : ITriggerKind
{
    public const string Kind = "timerTrigger";

    public string Type => Kind;

    public string Describe(AppFunction function) => $"timer, {schedules.Of(function).Text}";

    public void Check(AppFunction function, ICollection<string> faults)
    {
    }

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (function.IsTrigger(parameter) && parameter.ParameterType == typeof(TimerInfo))
        {
            return context => new(context.TriggerValue);
        }

        why = "A timer function takes its TimerInfo, FunctionContext, CancellationToken and parameters with a binding attribute.";
        return null;
    }
}

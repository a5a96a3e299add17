using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Triggers;

namespace BuildFunctions.Embedded.Tests.Invocation;

internal sealed class QueueTrigger : ITriggerKind
{
    public string Type => "queueTrigger";

    public string Describe(AppFunction function) => "queue";

    public void Check(AppFunction function, ICollection<string> faults)
    {
        if (function.TriggerParameter?.ParameterType != typeof(string))
        {
            faults.Add($"{function.Name} must take a string.");
        }
    }

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why) => parameter.ParameterType == typeof(int)
        ? context => ((string)context.TriggerValue!).Length
        : null;
}

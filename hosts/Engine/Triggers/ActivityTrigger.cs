using BuildFunctions.Embedded;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Engine.Triggers;

/// <summary>Activity functions: the trigger parameter is the input.</summary>
internal sealed class ActivityTrigger : ITriggerExtension
{
    public Type TriggerAttribute => typeof(ActivityTriggerAttribute);

    public string Describe(FunctionDescriptor function) => "activity";

    public void Validate(FunctionDescriptor function, ICollection<string> faults)
    {
    }
}

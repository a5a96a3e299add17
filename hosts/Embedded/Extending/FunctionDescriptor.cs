using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded;

/// <summary>One method that carries [Function], and its trigger.</summary>
public sealed class FunctionDescriptor(string name, MethodInfo method, ParameterInfo triggerParameter, TriggerBindingAttribute trigger)
{
    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    public ParameterInfo TriggerParameter { get; } = triggerParameter;

    /// <summary>By position: reflection that is asked by two threads at once may hand out two objects for one parameter.</summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter.Position;

    public TriggerBindingAttribute Trigger { get; } = trigger;

    /// <summary>How the function is written in faults and logs: Class.Method.</summary>
    public string EntryPoint { get; } = $"{method.DeclaringType?.FullName}.{method.Name}";

    public override string ToString() => $"{Name} ({EntryPoint})";
}

using System.Reflection;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>A function as the app's generated metadata describes it, and the method behind it.</summary>
internal sealed class AppFunction(string name, MethodInfo method, IReadOnlyList<AppBinding> bindings, AppBinding trigger, string entryPoint)
{
    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    public IReadOnlyList<AppBinding> Bindings { get; } = bindings;

    public AppBinding Trigger { get; } = trigger;

    public ParameterInfo? TriggerParameter { get; } = method.GetParameters().FirstOrDefault(parameter => parameter.Name == trigger.Name);

    /// <summary>How the generated executor knows the method: Namespace.Class.Method.</summary>
    public string EntryPoint { get; } = entryPoint;

    /// <summary>By position: reflection that is asked by two threads at once may hand out two objects for one parameter.</summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter?.Position;

    public AppBinding? BindingOf(ParameterInfo parameter) => Bindings.FirstOrDefault(binding => binding.Name == parameter.Name);

    public override string ToString() => $"{Name} ({EntryPoint})";
}

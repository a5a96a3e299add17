using System.Collections.Immutable;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>A function as the app's generated metadata describes it, and the method behind it.</summary>
internal sealed class AppFunction(string name, string entryPoint, MethodInfo method, IReadOnlyList<AppBinding> bindings, AppBinding trigger) : FunctionDefinition
{
    public override string Id => Name;

    public override string Name { get; } = name;

    /// <summary>How the generated executor knows the method: Namespace.Class.Method.</summary>
    public override string EntryPoint { get; } = entryPoint;

    public override string PathToAssembly => Method.Module.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name ?? "", parameter.ParameterType))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = Of(bindings, BindingDirection.In);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = Of(bindings, BindingDirection.Out);

    public MethodInfo Method { get; } = method;

    public AppBinding Trigger { get; } = trigger;

    public ParameterInfo? TriggerParameter { get; } = method.GetParameters().FirstOrDefault(parameter => parameter.Name == trigger.Name);

    /// <summary>By position: reflection that is asked by two threads at once may hand out two objects for one parameter.</summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter?.Position;

    public override string ToString() => $"{Name} ({EntryPoint})";

    private static ImmutableDictionary<string, BindingMetadata> Of(IEnumerable<AppBinding> bindings, BindingDirection direction) => bindings
        .Where(binding => binding.Direction == direction)
        .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);
}

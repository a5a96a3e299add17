using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>A function as the app's generated metadata describes it, and the method behind it.</summary>
internal sealed class AppFunction(string name, string entryPoint, MethodInfo method, IReadOnlyList<AppBinding> bindings, AppBinding trigger) : FunctionDefinition
{
    private ImmutableArray<FunctionParameter>? _parameters;
    private IImmutableDictionary<string, BindingMetadata>? _inputs;
    private IImmutableDictionary<string, BindingMetadata>? _outputs;

    public override string Id => Name;

    public override string Name { get; } = name;

    /// <summary>How the generated executor knows the method: Namespace.Class.Method.</summary>
    public override string EntryPoint { get; } = entryPoint;

    public override string PathToAssembly => Method.Module.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters => _parameters ??=
        [.. Method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name ?? "", parameter.ParameterType, PropertiesOf(parameter)))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => _inputs ??= Of(BindingDirection.In);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => _outputs ??= Of(BindingDirection.Out);

    public MethodInfo Method { get; } = method;

    public IReadOnlyList<AppBinding> Bindings { get; } = bindings;

    public AppBinding Trigger { get; } = trigger;

    public ParameterInfo? TriggerParameter { get; } = method.GetParameters().FirstOrDefault(parameter => parameter.Name == trigger.Name);

    /// <summary>By position: reflection that is asked by two threads at once may hand out two objects for one parameter.</summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter?.Position;

    /// <summary>Under the key that the worker's TryGetBindingAttribute reads.</summary>
    public static Dictionary<string, object> PropertiesOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<BindingAttribute>() is { } binding ? new() { ["bindingAttribute"] = binding } : [];

    public override string ToString() => $"{Name} ({EntryPoint})";

    private ImmutableDictionary<string, BindingMetadata> Of(BindingDirection direction) => Bindings
        .Where(binding => binding.Direction == direction)
        .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);
}

using System.Collections.Immutable;
using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>A function as the worker's API describes it.</summary>
internal sealed class DescribedFunction(AppFunction function) : FunctionDefinition
{
    private ImmutableArray<FunctionParameter>? _parameters;
    private IImmutableDictionary<string, BindingMetadata>? _inputs;
    private IImmutableDictionary<string, BindingMetadata>? _outputs;

    public override string Id => Name;

    public override string Name => function.Name;

    public override string EntryPoint => function.EntryPoint;

    public override string PathToAssembly => function.Method.Module.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters => _parameters ??=
        [.. function.Method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name ?? "", parameter.ParameterType, PropertiesOf(parameter)))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => _inputs ??= Bindings(BindingDirection.In);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => _outputs ??= Bindings(BindingDirection.Out);

    /// <summary>Under the key that the worker's TryGetBindingAttribute reads.</summary>
    public static Dictionary<string, object> PropertiesOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<BindingAttribute>() is { } binding ? new() { ["bindingAttribute"] = binding } : [];

    private ImmutableDictionary<string, BindingMetadata> Bindings(BindingDirection direction) => function.Bindings
        .Where(binding => binding.Direction == direction)
        .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);
}

using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Invocation;

internal sealed class DescribedFunction(FunctionDescriptor function) : FunctionDefinition
{
    private ImmutableArray<FunctionParameter>? _parameters;
    private IImmutableDictionary<string, BindingMetadata>? _inputs;

    public override string Id => Name;

    public override string Name => function.Name;

    public override string EntryPoint => function.EntryPoint;

    public override string PathToAssembly => function.Method.Module.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters =>
        _parameters ??= [.. function.Method.GetParameters().Select(parameter => new FunctionParameter(
            parameter.Name ?? "",
            parameter.ParameterType,
            parameter.GetCustomAttribute<BindingAttribute>() is { } binding
                ? new Dictionary<string, object> { ["bindingAttribute"] = binding }
                : []))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => _inputs ??= function.Method.GetParameters()
        .Where(parameter => parameter.IsDefined(typeof(BindingAttribute)))
        .ToImmutableDictionary(
            parameter => parameter.Name ?? "",
            BindingMetadata (parameter) => new DescribedBinding(parameter.Name ?? "", parameter.GetCustomAttribute<BindingAttribute>()!));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
}

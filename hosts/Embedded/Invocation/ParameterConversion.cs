using Microsoft.Azure.Functions.Worker.Converters;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>One conversion: the source is the binding data of the parameter's name.</summary>
internal sealed class ParameterConversion(EmbeddedFunctionContext context, ParameterInfo parameter, IReadOnlyDictionary<string, object> properties) : ConverterContext
{
    public override Type TargetType => parameter.ParameterType;

    public override object? Source => context.TriggerValue ?? context.BindingContext.BindingData.GetValueOrDefault(parameter.Name ?? "");

    public override FunctionContext FunctionContext => context;

    public override IReadOnlyDictionary<string, object> Properties => properties;
}

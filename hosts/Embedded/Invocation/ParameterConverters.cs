using Microsoft.Azure.Functions.Worker.Converters;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Parameters that an IInputConverter supplies: one that the parameter or its type names, or those that the app has registered.</summary>
internal sealed class ParameterConverters(IServiceProvider services, IOptions<WorkerOptions> options)
{
    public ParameterBinder? NamedBy(ICustomAttributeProvider names, ParameterInfo parameter) =>
        names.GetCustomAttributes(typeof(InputConverterAttribute), inherit: true) is [InputConverterAttribute named, ..]
            ? By(parameter, [Create(named.ConverterType)])
            : null;

    public ParameterBinder? Registered(ParameterInfo parameter) =>
        options.Value.InputConverters.Select(Create).ToArray() is { Length: > 0 } converters ? By(parameter, converters) : null;

    private IInputConverter Create(Type type) => (IInputConverter)ActivatorUtilities.CreateInstance(services, type);

    private static ParameterBinder By(ParameterInfo parameter, IInputConverter[] converters)
    {
        var properties = AppFunction.PropertiesOf(parameter);
        return context => ConvertAsync(parameter, converters, new ParameterConversion(context, parameter, properties));
    }

    private static async ValueTask<object?> ConvertAsync(ParameterInfo parameter, IInputConverter[] converters, ParameterConversion conversion)
    {
        foreach (var converter in converters)
        {
            var result = await converter.ConvertAsync(conversion);
            if (result.Status == ConversionStatus.Succeeded)
            {
                return result.Value;
            }

            if (result.Status == ConversionStatus.Failed)
            {
                throw new FunctionInputConverterException($"The parameter '{parameter.Name}' could not be converted: {result.Error?.Message}", result.Error);
            }
        }

        return parameter.HasDefaultValue ? parameter.DefaultValue
            : !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null ? null
            : throw new FunctionInputConverterException($"No converter supplies the parameter '{parameter.Name}', which has no default and cannot be null.");
    }
}

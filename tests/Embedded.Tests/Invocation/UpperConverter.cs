using Microsoft.Azure.Functions.Worker.Converters;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class UpperConverter(Trail trail) : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        trail.Add("converted");
        return new(ConversionResult.Success(((string)context.Source!).ToUpperInvariant()));
    }
}

using Microsoft.Azure.Functions.Worker.Converters;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ShelfConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => new(context is { Source: string name } && context.TargetType == typeof(Shelf)
        ? ConversionResult.Success(new Shelf($"shelf:{name}"))
        : ConversionResult.Unhandled());
}

using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Invocation;

internal sealed class DescribedBinding(string name, Attribute attribute) : BindingMetadata
{
    public override string Name => name;

    public override string Type { get; } = TypeOf(attribute);

    public override BindingDirection Direction => BindingDirection.In;

    /// <summary>HttpTriggerAttribute is "httpTrigger", as in the host's metadata.</summary>
    public static string TypeOf(Attribute attribute)
    {
        var name = attribute.GetType().Name;
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

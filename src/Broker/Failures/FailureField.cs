using System.Text.Json;

namespace BuildFunctions.Broker.Failures;

public readonly record struct FailureField(string Name, JsonElement Value)
{
    public FailureField(string name, string value)
        : this(name, JsonSerializer.SerializeToElement(value))
    {
    }

    public FailureField(string name, long value)
        : this(name, JsonSerializer.SerializeToElement(value))
    {
    }
}

using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Catalog;

/// <summary>One binding of a function as the worker's build describes it.</summary>
internal sealed class FunctionBinding(JsonElement json)
{
    public string Name => Text("name") ?? "";

    public string Type => Text("type") ?? "";

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public string[] Methods =>
        Find("methods") is { ValueKind: JsonValueKind.Array } methods ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())] : [];

    public static FunctionBinding Parse(string json) => new(JsonSerializer.Deserialize<JsonElement>(json));

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) => Find(property) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool? Flag(string property) => Find(property) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    private JsonElement? Find(string property)
    {
        foreach (var found in json.EnumerateObject())
        {
            if (string.Equals(found.Name, property, StringComparison.OrdinalIgnoreCase))
            {
                return found.Value;
            }
        }

        return null;
    }
}

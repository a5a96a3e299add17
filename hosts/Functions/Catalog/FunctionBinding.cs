using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Catalog;

/// <summary>One binding of a function as the worker's build describes it.</summary>
internal sealed class FunctionBinding(JsonElement json)
{
    private readonly Dictionary<string, JsonElement> _properties =
        json.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase);

    public string Name => Text("name") ?? "";

    public string Type => Text("type") ?? "";

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public string[] Methods => _properties.TryGetValue("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
        ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
        : [];

    public static FunctionBinding Parse(string json) => new(JsonSerializer.Deserialize<JsonElement>(json));

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) => _properties.TryGetValue(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool? Flag(string property) =>
        _properties.TryGetValue(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}

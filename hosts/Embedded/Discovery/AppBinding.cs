using System.Text.Json;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>One binding of a function: the JSON text that the host of the Functions service would be given.</summary>
internal sealed class AppBinding : BindingMetadata
{
    private readonly JsonElement _json;

    public AppBinding(string json)
    {
        using var document = JsonDocument.Parse(json);
        _json = document.RootElement.Clone();
        Name = Text("name") ?? "";
        Type = Text("type") ?? "";
        Direction = Text("direction") is { } direction && direction.Equals("out", StringComparison.OrdinalIgnoreCase) ? BindingDirection.Out : BindingDirection.In;
    }

    public override string Name { get; }

    public override string Type { get; }

    public override BindingDirection Direction { get; }

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public bool Is(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) =>
        _json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool Flag(string property, bool otherwise) =>
        _json.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;

    public IEnumerable<string> Texts(string property) =>
        _json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(one => one.GetString() ?? "")
            : [];
}

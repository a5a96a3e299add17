using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names one subscription to events; ids sort by the time they were made.</summary>
[JsonConverter(typeof(IdJsonConverter<WebhookId>))]
public readonly record struct WebhookId : ISortableId<WebhookId>
{
    private readonly string? _text;

    private WebhookId(string text) => _text = text;

    public static string Prefix => "whk_";

    public DateTimeOffset CreatedAt => SortableId.TimeOf(ToString(), Prefix);

    public static WebhookId Create(DateTimeOffset now, ReadOnlySpan<byte> random) => new(SortableId.Create(Prefix, now, random));

    public static bool TryParse([NotNullWhen(true)] string? text, out WebhookId id)
    {
        var valid = SortableId.IsValid(text, Prefix);
        id = valid ? new WebhookId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This WebhookId was never set.");
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names one SSH build server; ids sort by the time they were made.</summary>
[JsonConverter(typeof(IdJsonConverter<ServerId>))]
public readonly record struct ServerId : ISortableId<ServerId>
{
    private readonly string? _text;

    private ServerId(string text) => _text = text;

    public static string Prefix => "srv_";

    public DateTimeOffset CreatedAt => SortableId.TimeOf(ToString(), Prefix);

    public static ServerId Create(DateTimeOffset now, ReadOnlySpan<byte> random) => new(SortableId.Create(Prefix, now, random));

    public static bool TryParse([NotNullWhen(true)] string? text, out ServerId id)
    {
        var valid = SortableId.IsValid(text, Prefix);
        id = valid ? new ServerId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This ServerId was never set.");
}

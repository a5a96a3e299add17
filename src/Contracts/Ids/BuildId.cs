using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names one build; ids sort by the time they were made.</summary>
[JsonConverter(typeof(IdJsonConverter<BuildId>))]
public readonly record struct BuildId : ISortableId<BuildId>
{
    private readonly string? _text;

    private BuildId(string text) => _text = text;

    public static string Prefix => "bld_";

    public DateTimeOffset CreatedAt => SortableId.TimeOf(ToString(), Prefix);

    public static BuildId Create(DateTimeOffset now, ReadOnlySpan<byte> random) => new(SortableId.Create(Prefix, now, random));

    public static bool TryParse([NotNullWhen(true)] string? text, out BuildId id)
    {
        var valid = SortableId.IsValid(text, Prefix);
        id = valid ? new BuildId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This BuildId was never set.");
}

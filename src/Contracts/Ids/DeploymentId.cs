using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names one deployment; ids sort by the time they were made.</summary>
[JsonConverter(typeof(IdJsonConverter<DeploymentId>))]
public readonly record struct DeploymentId : ISortableId<DeploymentId>
{
    private readonly string? _text;

    private DeploymentId(string text) => _text = text;

    public static string Prefix => "dep_";

    public DateTimeOffset CreatedAt => SortableId.TimeOf(ToString(), Prefix);

    public static DeploymentId Create(DateTimeOffset now, ReadOnlySpan<byte> random) => new(SortableId.Create(Prefix, now, random));

    public static bool TryParse([NotNullWhen(true)] string? text, out DeploymentId id)
    {
        var valid = SortableId.IsValid(text, Prefix);
        id = valid ? new DeploymentId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This DeploymentId was never set.");
}

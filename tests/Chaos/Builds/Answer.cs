using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BuildFunctions.Chaos.Builds;

internal sealed record Answer(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type)!;
}

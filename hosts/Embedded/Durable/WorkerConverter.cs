using System.Text;
using Azure.Core.Serialization;
using Microsoft.DurableTask;

namespace BuildFunctions.Embedded.Durable;

/// <summary>Payloads by the worker's serializer, as in Durable Functions.</summary>
internal sealed class WorkerConverter(ObjectSerializer serializer) : DataConverter
{
    public override string? Serialize(object? value) => value is null ? null : serializer.Serialize(value, value.GetType()).ToString();

    public override object? Deserialize(string? data, Type targetType) =>
        string.IsNullOrEmpty(data) ? null : serializer.Deserialize(new MemoryStream(Encoding.UTF8.GetBytes(data)), targetType, CancellationToken.None);
}

using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The app's serializer, or the worker's default: property names as written, read in any case.</summary>
internal static class PayloadSerializer
{
    private static readonly JsonObjectSerializer Default = new(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    public static ObjectSerializer Of(FunctionContext context) =>
        context.InstanceServices.GetService<IOptions<WorkerOptions>>()?.Value.Serializer ?? Default;
}

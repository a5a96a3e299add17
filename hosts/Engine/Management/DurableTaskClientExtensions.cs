using System.Net;
using BuildFunctions.Engine.Management;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Answers of HTTP functions that start or watch an instance.</summary>
public static class DurableTaskClientExtensions
{
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponseAsync(request, instanceId, HttpStatusCode.Accepted, cancellation);

    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        var payload = client.CreateHttpManagementPayload(instanceId, request);
        var response = request.CreateResponse();
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.StatusCode = statusCode;
        await response.WriteAsJsonAsync(payload, cancellation);
        return response;
    }

    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return request is null
            ? throw new InvalidOperationException("Without the request there is no base address for the links.")
            : new HttpManagementPayload(instanceId, ManagementEndpoints.BaseOf(request.Url, name => request.Headers.TryGetValues(name, out var values)
                ? values.FirstOrDefault() : null));
    }

    public static async Task<HttpResponseData> WaitForCompletionOrCreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, TimeSpan? retryInterval = null,
        bool returnInternalServerErrorOnFailure = false, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        OrchestrationMetadata ended;
        try
        {
            ended = await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await client.CreateCheckStatusResponseAsync(request, instanceId, CancellationToken.None);
        }

        var response = request.CreateResponse();
        response.StatusCode = returnInternalServerErrorOnFailure && ended.RuntimeStatus is OrchestrationRuntimeStatus.Failed
            ? HttpStatusCode.InternalServerError : HttpStatusCode.OK;
        await response.WriteAsJsonAsync(
            new
            {
                ended.Name,
                ended.InstanceId,
                ended.CreatedAt,
                ended.LastUpdatedAt,
                RuntimeStatus = ended.RuntimeStatus.ToString(),
                ended.SerializedInput,
                ended.SerializedOutput,
                ended.SerializedCustomStatus,
            },
            CancellationToken.None);
        return response;
    }
}

using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Operations;

public sealed class MetricsFunction(PrometheusMetrics metrics)
{
    [Function("Metrics")]
    [Endpoint("Counters and durations, in Prometheus' text format", Public = true, ContentType = "text/plain")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request) =>
        Results.Text(metrics.Render(), "text/plain; version=0.0.4; charset=utf-8");
}

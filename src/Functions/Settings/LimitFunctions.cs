using BuildFunctions.Broker.Settings;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Limits;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Settings;

public sealed class LimitFunctions(LimitStore limits)
{
    [Function("ListLimits")]
    [Endpoint("The limits that can be changed while the broker runs", Needs = Right.Read, Scoped = true, Response = typeof(Limit[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/limits")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json([.. await limits.ListAsync(cancellation)], ContractsJson.Default.LimitArray);

    [Function("SetLimit")]
    [Endpoint("Change a limit, for builds that are accepted from now on", Needs = Right.Admin, Request = typeof(LimitUpdate), Response = typeof(Limit))]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/limits/{limit}")] HttpRequest request, string limit, CancellationToken cancellation)
    {
        if (LimitDefinition.Find(limit) is not { } known)
        {
            return Unknown(limit);
        }

        var update = await request.ReadJsonAsync(ContractsJson.Default.LimitUpdate, cancellation);
        var changed = await limits.SetAsync(known, update.Value ?? throw RequestBody.Invalid("value", $"Say the value: {{\"value\": \"{known.Default}\"}}."), cancellation);
        request.AuditedDetail($"{changed.Name} is {changed.Value}");
        return Answers.Json(changed, ContractsJson.Default.Limit);
    }

    [Function("ResetLimit")]
    [Endpoint("Forget a change: what the broker was started with holds again", Needs = Right.Admin, Response = typeof(Limit))]
    public async Task<IResult> ResetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/limits/{limit}")] HttpRequest request, string limit, CancellationToken cancellation) =>
        LimitDefinition.Find(limit) is { } known ? Answers.Json(await limits.ResetAsync(known, cancellation), ContractsJson.Default.Limit) : Unknown(limit);

    private static IResult Unknown(string limit) =>
        Answers.NotThere($"There is no limit '{limit}'. There are {string.Join(", ", LimitDefinition.All.Select(known => known.Name))}.");
}

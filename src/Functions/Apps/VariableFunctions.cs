using BuildFunctions.Broker.Apps;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Apps;

/// <summary>An app's plain variables may be set before its first build.</summary>
public sealed class VariableFunctions(AppVariables variables)
{
    [Function("ListVariables")]
    [Endpoint("The environment variables that an app's builds are given, below those of app.json and of a request", Needs = Right.Read, Response = typeof(AppVariable[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}/env")] HttpRequest request, string app, CancellationToken cancellation) =>
        AppName.TryParse(app, out var name)
            ? Answers.Json([.. (await variables.ListAsync(name, cancellation)).Select(pair => new AppVariable(pair.Key, pair.Value))], ContractsJson.Default.AppVariableArray)
            : Answers.NoApp(app);

    [Function("SetVariable")]
    [Endpoint("Set an environment variable of an app's builds", Needs = Right.Deploy, Request = typeof(AppVariableUpdate), Response = typeof(AppVariable))]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/apps/{app}/env/{name}")] HttpRequest request, string app, string name, CancellationToken cancellation)
    {
        if (!AppName.TryParse(app, out var known))
        {
            return Answers.NoApp(app);
        }

        var update = await request.ReadJsonAsync(ContractsJson.Default.AppVariableUpdate, cancellation);
        var value = update.Value ?? throw RequestBody.Invalid("value", "Send the value: {\"value\": \"…\"}.");
        await variables.SetAsync(known, name, value, cancellation);
        return Answers.Json(new AppVariable(name, value), ContractsJson.Default.AppVariable);
    }

    [Function("RemoveVariable")]
    [Endpoint("Remove an environment variable of an app's builds", Needs = Right.Deploy, Status = 204)]
    public async Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}/env/{name}")] HttpRequest request, string app, string name, CancellationToken cancellation) =>
        AppName.TryParse(app, out var known) && await variables.RemoveAsync(known, name, cancellation)
            ? Results.NoContent()
            : Answers.NotThere($"The app '{app}' has no variable '{name}'.");
}

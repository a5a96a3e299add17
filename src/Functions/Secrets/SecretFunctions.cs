using BuildFunctions.Broker.Secrets;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Secrets;

/// <summary>Secrets go in and do not come out: of one app under its own path, of all apps under <c>/api/secrets</c>.</summary>
public sealed class SecretFunctions(SecretStore secrets)
{
    /// <summary>In JSON a byte of the value may take six.</summary>
    private const int LargestUpdate = (6 * SecretStore.LargestValue) + 1024;

    [Function("ListSecrets")]
    [Endpoint("The names of the secrets that every app's builds may ask for", Needs = Right.Trigger, Response = typeof(Secret[]))]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/secrets")] HttpRequest request, CancellationToken cancellation) =>
        ListAsync(SecretScope.Everyone, cancellation);

    [Function("SetSecret")]
    [Endpoint("Set a secret for the builds of every app", Needs = Right.Admin, Request = typeof(SecretUpdate), Response = typeof(Secret), LargestBody = LargestUpdate)]
    public Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/secrets/{name}")] HttpRequest request, string name, CancellationToken cancellation) =>
        SetAsync(request, SecretScope.Everyone, name, cancellation);

    [Function("RemoveSecret")]
    [Endpoint("Remove a secret of every app", Needs = Right.Admin, Status = 204)]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/secrets/{name}")] HttpRequest request, string name, CancellationToken cancellation) =>
        RemoveAsync(SecretScope.Everyone, name, cancellation);

    [Function("ListAppSecrets")]
    [Endpoint("The names of an app's own secrets", Needs = Right.Trigger, Response = typeof(Secret[]))]
    public Task<IResult> ListOfAppAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/apps/{app}/secrets")] HttpRequest request, string app, CancellationToken cancellation) =>
        ListAsync(Of(app), cancellation);

    [Function("SetAppSecret")]
    [Endpoint("Set a secret for the builds of one app", Needs = Right.Admin, Request = typeof(SecretUpdate), Response = typeof(Secret), LargestBody = LargestUpdate)]
    public Task<IResult> SetOfAppAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/apps/{app}/secrets/{name}")] HttpRequest request,
        string app,
        string name,
        CancellationToken cancellation) => SetAsync(request, Of(app), name, cancellation);

    [Function("RemoveAppSecret")]
    [Endpoint("Remove a secret of one app", Needs = Right.Admin, Status = 204)]
    public Task<IResult> RemoveOfAppAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/apps/{app}/secrets/{name}")] HttpRequest request,
        string app,
        string name,
        CancellationToken cancellation) => RemoveAsync(Of(app), name, cancellation);

    private async Task<IResult> ListAsync(SecretScope scope, CancellationToken cancellation) =>
        Answers.Json([.. (await secrets.ListAsync(scope, cancellation)).Select(Describe)], ContractsJson.Default.SecretArray);

    private async Task<IResult> SetAsync(HttpRequest request, SecretScope scope, string name, CancellationToken cancellation)
    {
        var update = await request.ReadJsonAsync(ContractsJson.Default.SecretUpdate, cancellation);
        var value = update.Value ?? throw RequestBody.Invalid("value", "Send the value: {\"value\": \"…\"}.");
        var stored = Describe(await secrets.SetAsync(scope, name, value, cancellation));
        return Answers.Json(SecretStore.IsMasked(value) ? stored : stored with { Warning = SecretStore.TooShort }, ContractsJson.Default.Secret);
    }

    private async Task<IResult> RemoveAsync(SecretScope scope, string name, CancellationToken cancellation) =>
        await secrets.RemoveAsync(scope, name, cancellation) ? Results.NoContent() : Answers.NotThere($"There is no secret '{name}'. 'bf secrets list' shows what there is.");

    private static SecretScope Of(string app) => AppName.TryParse(app, out var name)
        ? SecretScope.Of(name)
        : throw RequestBody.Invalid("app", "An app's name has 1 to 63 lower-case letters, digits and inner hyphens.");

    private static Secret Describe(StoredSecret secret) => new() { Name = secret.Name, App = secret.App, UpdatedAt = secret.UpdatedAt };
}

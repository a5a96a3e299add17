using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Limits;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Contracts.Retention;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Cli.Broker;

/// <summary>The broker's HTTP interface, typed.</summary>
internal sealed class BrokerClient(BrokerHttp http) : IDisposable
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");

    public BrokerHttp Http => http;

    public Task<Build> TriggerAsync(BuildRequest request, string key, CancellationToken cancellationToken) =>
        PostAsync("api/builds", request, ContractsJson.Default.BuildRequest, ContractsJson.Default.Build, key, cancellationToken);

    public Task<Build> BuildAsync(BuildId id, CancellationToken cancellationToken) => GetAsync($"api/builds/{id}", ContractsJson.Default.Build, cancellationToken);

    public Task<BuildPage> BuildsAsync(string query, CancellationToken cancellationToken) =>
        GetAsync($"api/builds{query}", ContractsJson.Default.BuildPage, cancellationToken);

    public Task<TimelineEntry[]> TimelineAsync(BuildId id, CancellationToken cancellationToken) =>
        GetAsync($"api/builds/{id}/timeline", ContractsJson.Default.TimelineEntryArray, cancellationToken);

    public Task<DsseEnvelope> ProvenanceAsync(BuildId id, CancellationToken cancellationToken) =>
        GetAsync($"api/builds/{id}/provenance", ContractsJson.Default.DsseEnvelope, cancellationToken);

    public Task<DsseEnvelope> ProvenanceOfAsync(string sha256, CancellationToken cancellationToken) =>
        GetAsync($"api/provenance/artifacts/{sha256}", ContractsJson.Default.DsseEnvelope, cancellationToken);

    public Task<ProvenanceKeys> ProvenanceKeysAsync(CancellationToken cancellationToken) =>
        GetAsync("api/provenance/keys", ContractsJson.Default.ProvenanceKeys, cancellationToken);

    public Task<ProvenanceKeys> RotateProvenanceKeysAsync(string key, CancellationToken cancellationToken) =>
        PostAsync("api/provenance/keys", ContractsJson.Default.ProvenanceKeys, key, cancellationToken);

    public Task<RetentionReport> CollectAsync(bool dryRun, string key, CancellationToken cancellationToken) =>
        http.SendAsync(
            new BrokerCall(HttpMethod.Post, dryRun ? "api/retention/run?dryRun=true" : "api/retention/run") { IdempotencyKey = key },
            (response, cancel) => ReadAsync(response, ContractsJson.Default.RetentionReport, cancel),
            limit: null,
            cancellationToken);

    public Task<StorageUse> StorageAsync(CancellationToken cancellationToken) => GetAsync("api/storage", ContractsJson.Default.StorageUse, cancellationToken);

    public Task<Build> CancelAsync(BuildId id, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/builds/{id}/cancel", ContractsJson.Default.Build, key, cancellationToken);

    public Task<Build> RetryAsync(BuildId id, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/builds/{id}/retry", ContractsJson.Default.Build, key, cancellationToken);

    public Task<App[]> AppsAsync(CancellationToken cancellationToken) => GetAsync("api/apps", ContractsJson.Default.AppArray, cancellationToken);

    public Task<App> AppAsync(AppName app, CancellationToken cancellationToken) => GetAsync($"api/apps/{app}", ContractsJson.Default.App, cancellationToken);

    public Task<DeploymentPage> PreviewsAsync(AppName app, CancellationToken cancellationToken) =>
        GetAsync($"api/apps/{app}/previews", ContractsJson.Default.DeploymentPage, cancellationToken);

    public Task<DeploymentPage> DeploymentsAsync(AppName app, string? cursor, CancellationToken cancellationToken) =>
        GetAsync($"api/apps/{app}/deployments?limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ContractsJson.Default.DeploymentPage, cancellationToken);

    public Task<Deployment> PromoteAsync(AppName app, DeploymentId deployment, string key, CancellationToken cancellationToken) =>
        SwitchAsync(app, "promote", new DeploymentChoice(deployment), key, cancellationToken);

    public Task<Deployment> RollBackAsync(AppName app, DeploymentId? deployment, string key, CancellationToken cancellationToken) =>
        SwitchAsync(app, "rollback", new DeploymentChoice(deployment), key, cancellationToken);

    public Task<Deployment> KeepAsync(AppName app, DeploymentId deployment, bool keep, CancellationToken cancellationToken) => SendAsync(
        new BrokerCall(keep ? HttpMethod.Put : HttpMethod.Delete, $"api/apps/{app}/deployments/{deployment}/keep"), ContractsJson.Default.Deployment, cancellationToken);

    public Task<Deployment> RepairAsync(AppName app, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/apps/{app}/repair", ContractsJson.Default.Deployment, key, cancellationToken);

    public Task<bool> RemoveAppAsync(AppName app, CancellationToken cancellationToken) => DeleteAsync($"api/apps/{app}", cancellationToken);

    public Task<bool> RemoveDeploymentAsync(AppName app, DeploymentId deployment, CancellationToken cancellationToken) =>
        DeleteAsync($"api/apps/{app}/deployments/{deployment}", cancellationToken);

    public Task<AppVariable[]> VariablesAsync(AppName app, CancellationToken cancellationToken) => GetAsync($"api/apps/{app}/env", ContractsJson.Default.AppVariableArray, cancellationToken);

    public Task<AppVariable> SetVariableAsync(AppName app, string name, string value, CancellationToken cancellationToken) => PutAsync(
        $"api/apps/{app}/env/{Uri.EscapeDataString(name)}", new AppVariableUpdate(value), ContractsJson.Default.AppVariableUpdate, ContractsJson.Default.AppVariable, cancellationToken);

    public Task<bool> RemoveVariableAsync(AppName app, string name, CancellationToken cancellationToken) =>
        DeleteAsync($"api/apps/{app}/env/{Uri.EscapeDataString(name)}", cancellationToken);

    /// <summary>The artifact is written as it comes; a broken connection begins anew.</summary>
    /// <returns>The SHA-256 that the broker says it has.</returns>
    public Task<string?> DownloadAsync(BuildId id, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => http.SendAsync(
        new BrokerCall(HttpMethod.Get, $"api/builds/{id}/artifact"),
        async (response, cancel) =>
        {
            using (response)
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancel);
                await write(body, cancel);
                return response.Headers.TryGetValues("Repr-Digest", out var digests) ? digests.First() : null;
            }
        },
        limit: null,
        cancellationToken);

    public Task<CachedRelease[]> CacheAsync(AppName app, CancellationToken cancellationToken) =>
        GetAsync($"api/apps/{app}/cache", ContractsJson.Default.CachedReleaseArray, cancellationToken);

    public Task<CachedRelease[]> ClearCacheAsync(AppName app, string key, CancellationToken cancellationToken) =>
        SendAsync(new BrokerCall(HttpMethod.Delete, $"api/apps/{app}/cache") { IdempotencyKey = key }, ContractsJson.Default.CachedReleaseArray, cancellationToken);

    public Task<ProviderState[]> ProvidersAsync(CancellationToken cancellationToken) =>
        GetAsync("api/providers", ContractsJson.Default.ProviderStateArray, cancellationToken);

    public Task<ProviderState> ConfigureAsync(string provider, ProviderUpdate update, CancellationToken cancellationToken) => PutAsync(
        $"api/providers/{Uri.EscapeDataString(provider)}", update, ContractsJson.Default.ProviderUpdate, ContractsJson.Default.ProviderState, cancellationToken);

    public Task<ProviderState> ChooseDefaultAsync(string provider, CancellationToken cancellationToken) =>
        PutAsync(
            "api/providers/default", new DefaultProvider(provider), ContractsJson.Default.DefaultProvider, ContractsJson.Default.ProviderState, cancellationToken);

    public Task<Limit[]> LimitsAsync(CancellationToken cancellationToken) => GetAsync("api/limits", ContractsJson.Default.LimitArray, cancellationToken);

    /// <param name="value">Null for what the broker was started with.</param>
    public Task<Limit> SetLimitAsync(string name, string? value, CancellationToken cancellationToken) => value is null
        ? SendAsync(new BrokerCall(HttpMethod.Delete, LimitPath(name)), ContractsJson.Default.Limit, cancellationToken)
        : PutAsync(LimitPath(name), new LimitUpdate(value), ContractsJson.Default.LimitUpdate, ContractsJson.Default.Limit, cancellationToken);

    public Task<GitHost> SetGitTokenAsync(string host, string token, CancellationToken cancellationToken) => PutAsync(
        $"api/git/{Uri.EscapeDataString(host)}", new GitToken(token), ContractsJson.Default.GitToken, ContractsJson.Default.GitHost, cancellationToken);

    /// <param name="app">Null for the secrets of every app.</param>
    public Task<Secret[]> SecretsAsync(AppName? app, CancellationToken cancellationToken) =>
        GetAsync(SecretsPath(app), ContractsJson.Default.SecretArray, cancellationToken);

    public Task<Secret> SetSecretAsync(AppName? app, string name, string value, CancellationToken cancellationToken) => PutAsync(
        $"{SecretsPath(app)}/{Uri.EscapeDataString(name)}", new SecretUpdate(value), ContractsJson.Default.SecretUpdate, ContractsJson.Default.Secret, cancellationToken);

    public Task RemoveSecretAsync(AppName? app, string name, CancellationToken cancellationToken) => http.SendAsync(
        new BrokerCall(HttpMethod.Delete, $"{SecretsPath(app)}/{Uri.EscapeDataString(name)}"),
        (response, _) =>
        {
            response.Dispose();
            return Task.FromResult(true);
        },
        http.Patience.Answer,
        cancellationToken);

    public Task<Token[]> TokensAsync(CancellationToken cancellationToken) => GetAsync("api/tokens", ContractsJson.Default.TokenArray, cancellationToken);

    /// <summary>Never sent again by itself: a token whose answer is lost is lost too, and the next one is another.</summary>
    public Task<Token> CreateTokenAsync(TokenRequest request, string key, CancellationToken cancellationToken) => SendAsync(
        new BrokerCall(HttpMethod.Post, "api/tokens") { Content = () => Json(request, ContractsJson.Default.TokenRequest), IdempotencyKey = key, Once = true },
        ContractsJson.Default.Token,
        cancellationToken);

    public Task<bool> RevokeTokenAsync(TokenId id, bool force, CancellationToken cancellationToken) =>
        DeleteAsync($"api/tokens/{id}{(force ? "?force=true" : "")}", cancellationToken);

    public Task<AuditPage> AuditAsync(string query, CancellationToken cancellationToken) =>
        GetAsync($"api/audit{query}", ContractsJson.Default.AuditPage, cancellationToken);

    public Task<Webhook[]> WebhooksAsync(CancellationToken cancellationToken) => GetAsync("api/webhooks", ContractsJson.Default.WebhookArray, cancellationToken);

    /// <summary>Never sent again by itself, as with a token: the secret would be lost with the answer.</summary>
    public Task<Webhook> AddWebhookAsync(WebhookRequest request, string key, CancellationToken cancellationToken) => SendAsync(
        new BrokerCall(HttpMethod.Post, "api/webhooks") { Content = () => Json(request, ContractsJson.Default.WebhookRequest), IdempotencyKey = key, Once = true },
        ContractsJson.Default.Webhook,
        cancellationToken);

    public Task<bool> RemoveWebhookAsync(WebhookId id, CancellationToken cancellationToken) => DeleteAsync($"api/webhooks/{id}", cancellationToken);

    public Task<WebhookDelivery[]> DeliveriesAsync(WebhookId id, CancellationToken cancellationToken) =>
        GetAsync($"api/webhooks/{id}/deliveries", ContractsJson.Default.WebhookDeliveryArray, cancellationToken);

    public Task<WebhookDelivery> RedeliverAsync(WebhookId id, string delivery, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/webhooks/{id}/deliveries/{Uri.EscapeDataString(delivery)}/redeliver", ContractsJson.Default.WebhookDelivery, key, cancellationToken);

    public Task<WebhookDelivery> TestWebhookAsync(WebhookId id, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/webhooks/{id}/test", ContractsJson.Default.WebhookDelivery, key, cancellationToken);

    public Task<Server[]> ServersAsync(CancellationToken cancellationToken) => GetAsync("api/servers", ContractsJson.Default.ServerArray, cancellationToken);

    public Task<Server> ServerAsync(string name, CancellationToken cancellationToken) => GetAsync(ServerPath(name), ContractsJson.Default.Server, cancellationToken);

    /// <summary>Never sent again by itself: the second would find the name taken.</summary>
    public Task<Server> AddServerAsync(ServerRequest request, string key, CancellationToken cancellationToken) => SendAsync(
        new BrokerCall(HttpMethod.Post, "api/servers") { Content = () => Json(request, ContractsJson.Default.ServerRequest), IdempotencyKey = key, Once = true },
        ContractsJson.Default.Server,
        cancellationToken);

    public Task<Server> TestServerAsync(string name, string key, CancellationToken cancellationToken) =>
        PostAsync($"{ServerPath(name)}/test", ContractsJson.Default.Server, key, cancellationToken);

    public Task<Server> DrainServerAsync(string name, string? reason, string key, CancellationToken cancellationToken) => PostAsync(
        $"{ServerPath(name)}/drain", new ServerDrain(reason), ContractsJson.Default.ServerDrain, ContractsJson.Default.Server, key, cancellationToken);

    public Task<Server> ResumeServerAsync(string name, string key, CancellationToken cancellationToken) =>
        PostAsync($"{ServerPath(name)}/resume", ContractsJson.Default.Server, key, cancellationToken);

    public Task<bool> RemoveServerAsync(string name, CancellationToken cancellationToken) => DeleteAsync(ServerPath(name), cancellationToken);

    public void Dispose() => http.Dispose();

    private Task<Deployment> SwitchAsync(AppName app, string verb, DeploymentChoice choice, string key, CancellationToken cancellationToken) =>
        PostAsync($"api/apps/{app}/{verb}", choice, ContractsJson.Default.DeploymentChoice, ContractsJson.Default.Deployment, key, cancellationToken);

    private Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) => http.SendAsync(
        new BrokerCall(HttpMethod.Delete, path),
        (response, _) =>
        {
            response.Dispose();
            return Task.FromResult(true);
        },
        http.Patience.Answer,
        cancellationToken);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(new BrokerCall(HttpMethod.Get, path), answer, cancellationToken);

    private static string ServerPath(string name) => $"api/servers/{Uri.EscapeDataString(name)}";

    private static string LimitPath(string name) => $"api/limits/{Uri.EscapeDataString(name)}";

    private static string SecretsPath(AppName? app) => app is { } one ? $"api/apps/{one}/secrets" : "api/secrets";

    private Task<T> PutAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(new BrokerCall(HttpMethod.Put, path) { Content = () => Json(body, type) }, answer, cancellationToken);

    private Task<T> PostAsync<T>(string path, JsonTypeInfo<T> answer, string key, CancellationToken cancellationToken) =>
        SendAsync(new BrokerCall(HttpMethod.Post, path) { IdempotencyKey = key }, answer, cancellationToken);

    private Task<T> PostAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<T> answer, string key, CancellationToken cancellationToken) =>
        SendAsync(new BrokerCall(HttpMethod.Post, path) { Content = () => Json(body, type), IdempotencyKey = key }, answer, cancellationToken);

    private Task<T> SendAsync<T>(BrokerCall call, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        http.SendAsync(call, (response, cancel) => ReadAsync(response, answer, cancel), http.Patience.Answer, cancellationToken);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using (response)
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, answer, cancellationToken) ?? throw new JsonException("The broker answered null.");
        }
    }

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = _json } };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Providers;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Cli.Tests.Fakes;

internal sealed class FakeRoutes(FakeBroker broker)
{
    private readonly RequestCheck _check = new(broker);
    private bool _kept;

    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        broker.Requests.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        _check.Common(context);
        if (broker.GatewayFaults > 0)
        {
            broker.GatewayFaults--;
            context.Response.StatusCode = 503;
            return;
        }

        if (context.Request.Headers.Authorization != $"Bearer {FakeBroker.Token}")
        {
            await RefuseAsync(context, new Problem { Code = ErrorCode.Unauthenticated, Status = 401, Title = "A token is needed." });
            return;
        }

        if (broker.StorageFaults > 0)
        {
            broker.StorageFaults--;
            await RefuseAsync(context, new Problem { Code = ErrorCode.StorageUnavailable, Status = 503, Title = "The broker's storage does not answer" });
            return;
        }

        if (broker.Refusal is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        await RouteAsync(context, path.Trim('/').Split('/'));
    }

    private Task RouteAsync(HttpContext context, string[] path) => (context.Request.Method, path) switch
    {
        ("POST", ["api", "builds"]) => TriggerAsync(context),
        ("GET", ["api", "builds"]) => SendAsync(context, 200, new BuildPage([.. broker.Builds.Values.Select(build => build.Record).Where(build => $"{build.Id}".StartsWith(context.Request.Query["id"].FirstOrDefault() ?? "", StringComparison.Ordinal))]), ContractsJson.Default.BuildPage),
        (_, ["api", "builds", var id, ..]) => BuildId.TryParse(id, out var build) && broker.Builds.TryGetValue(build, out var known)
            ? RouteAsync(context, string.Join('/', path[3..]), known)
            : RefuseAsync(context, new Problem { Code = ErrorCode.NotFound, Status = 404, Title = $"There is no build {id}." }),
        ("GET", ["api", "apps"]) => SendAsync(context, 200, [Shop() with { Origin = broker.Origin }], ContractsJson.Default.AppArray),
        ("GET", ["api", "apps", "shop"]) => SendAsync(context, 200, Shop() with { Origin = broker.Origin }, ContractsJson.Default.App),
        ("GET", ["api", "apps", "shop", "deployments"]) => SendAsync(context, 200, new DeploymentPage([Deployed(preview: false)]), ContractsJson.Default.DeploymentPage),
        ("GET", ["api", "apps", "shop", "previews"]) => SendAsync(context, 200, new DeploymentPage([Deployed(preview: true) with { Kept = _kept }]), ContractsJson.Default.DeploymentPage),
        ("POST", ["api", "apps", "shop", "promote" or "rollback"]) => SwitchAsync(context),
        ("PUT" or "DELETE", ["api", "apps", "shop", "deployments", _, "keep"]) => KeepAsync(context),
        ("POST", ["api", "apps", "shop", "repair"]) => SendAsync(context, 200, Deployed(preview: false), ContractsJson.Default.Deployment),
        ("DELETE", ["api", "apps", "shop"] or ["api", "apps", "shop", "deployments", _] or ["api", "apps", "shop", "env", _]) => GoneAsync(context),
        ("GET", ["api", "apps", "shop", "env"]) => SendAsync(context, 200, [new AppVariable("COLOR", "red")], ContractsJson.Default.AppVariableArray),
        ("PUT", ["api", "apps", "shop", "env", var name]) => SetVariableAsync(context, name),
        (_, ["api", "apps", ..]) => RefuseAsync(context, new Problem { Code = ErrorCode.NotFound, Status = 404, Title = "There is no such app." }),
        ("GET", ["api", "providers"]) => SendAsync(context, 200, [State("github"), State("local")], ContractsJson.Default.ProviderStateArray),
        ("PUT", ["api", "providers", "default"]) => ChooseAsync(context),
        ("PUT", ["api", "providers", var name]) => ConfigureAsync(context, name),
        ("GET", ["api", "limits"]) => SendAsync(context, 200, [FakeLimits.Source with { Value = $"{broker.SourceLimit}" }], ContractsJson.Default.LimitArray),
        ("PUT", ["api", "limits", var name]) => SetLimitAsync(context, name),
        ("DELETE", ["api", "limits", _]) => SendAsync(context, 200, FakeLimits.Source, ContractsJson.Default.Limit),
        ("GET", ["api", "tokens"]) => SendAsync(context, 200, [FakeTokens.Ci], ContractsJson.Default.TokenArray),
        ("POST", ["api", "tokens"]) => CreateTokenAsync(context),
        ("DELETE", ["api", "tokens", var id]) => RevokeTokenAsync(context, id),
        ("GET", ["api", "webhooks"]) => SendAsync(context, 200, [FakeWebhooks.Hook], ContractsJson.Default.WebhookArray),
        ("POST", ["api", "webhooks"]) => SendAsync(context, 201, FakeWebhooks.Hook with { Secret = "whsec_once" }, ContractsJson.Default.Webhook),
        ("DELETE", ["api", "webhooks", _]) => SendAsync(context, 200, FakeWebhooks.Hook, ContractsJson.Default.Webhook),
        ("GET", ["api", "webhooks", _, "deliveries"]) => SendAsync(context, 200, [FakeWebhooks.Delivery], ContractsJson.Default.WebhookDeliveryArray),
        ("POST", ["api", "webhooks", _, "test"] or ["api", "webhooks", _, "deliveries", _, "redeliver"]) =>
            SendAsync(context, 200, FakeWebhooks.Delivery, ContractsJson.Default.WebhookDelivery),
        ("GET", ["api", "servers"]) => SendAsync(context, 200, [broker.Servers.Current], ContractsJson.Default.ServerArray),
        ("POST", ["api", "servers"]) => AddServerAsync(context),
        ("GET", ["api", "servers", "one"]) or ("POST", ["api", "servers", "one", "test" or "resume"]) => SendAsync(context, 200, broker.Servers.Current, ContractsJson.Default.Server),
        ("POST", ["api", "servers", "one", "drain"]) => SendAsync(context, 200, broker.Servers.Current with { Drained = true }, ContractsJson.Default.Server),
        ("DELETE", ["api", "servers", "one"]) => GoneAsync(context),
        ("POST", ["api", "retention", "run"]) => SendAsync(context, 200, FakeRetention.Report(dryRun: context.Request.Query["dryRun"] == "true"), ContractsJson.Default.RetentionReport),
        ("GET", ["api", "storage"]) => SendAsync(context, 200, FakeRetention.Use, ContractsJson.Default.StorageUse),
        ("GET" or "POST", ["api", "provenance", "keys"]) => SendAsync(context, 200, FakeRetention.Keys, ContractsJson.Default.ProvenanceKeys),
        ("GET", ["api", "audit"]) => SendAsync(context, 200, FakeTokens.Audit, ContractsJson.Default.AuditPage),
        _ => UnknownAsync(context),
    };

    private async Task AddServerAsync(HttpContext context) => await (await broker.Servers.AddAsync(context) is { } refusal
        ? RefuseAsync(context, refusal)
        : SendAsync(context, 201, FakeServers.One, ContractsJson.Default.Server));

    private Task RouteAsync(HttpContext context, string path, FakeBuild build) => (context.Request.Method, path) switch
    {
        ("GET", "") => SendAsync(context, 200, build.Record, ContractsJson.Default.Build),
        ("PUT", "source") => ReceiveAsync(context, build),
        ("GET", "logs") => new FakeLog(broker).AnswerAsync(context, build),
        ("GET", "timeline") => SendAsync(context, 200, [new TimelineEntry { At = build.Record.CreatedAt, Event = "provider", Detail = "local: the default", Attempt = 1 }], ContractsJson.Default.TimelineEntryArray),
        ("GET", "artifact") => ArtifactAsync(context),
        ("POST", "cancel") => CancelAsync(context, build),
        ("POST", "retry") => RetryAsync(context, build),
        _ => UnknownAsync(context),
    };

    private async Task TriggerAsync(HttpContext context)
    {
        var request = await _check.TriggerAsync(context);
        var id = broker.Keys.GetOrAdd(context.Request.Headers["Idempotency-Key"].ToString(), _ => broker.NewId());
        var build = broker.Builds.GetOrAdd(id, _ => new FakeBuild(Made(id, request), request));
        context.Response.Headers.Location = $"/api/builds/{id}";
        await SendAsync(context, 202, build.Record with { Upload = new SourceUpload($"/api/builds/{id}/source?ticket=1", build.Record.CreatedAt.AddMinutes(10)) }, ContractsJson.Default.Build);
    }

    private static Build Made(BuildId id, BuildRequest request) => new()
    {
        Id = id,
        App = AppName.TryParse(request.App, out var app) ? app : Name("from-git"),
        Status = BuildStatus.Pending,
        Phase = request.Source == SourceKind.Git ? BuildPhase.Queued : BuildPhase.AwaitingSource,
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private async Task ReceiveAsync(HttpContext context, FakeBuild build)
    {
        var named = _check.Source(context);
        if (context.Request.Query["ticket"] != "1")
        {
            broker.Violate(context, "the upload URL's query is lost");
        }

        if (build.Sha256 is not null)
        {
            await RefuseAsync(context, new Problem { Code = ErrorCode.Conflict, Status = 409, Title = "The source is here already." });
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[4096];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            if (broker.BrokenUploads > 0)
            {
                broker.BrokenUploads--;
                context.Abort();
                return;
            }
        }

        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sha256 != named)
        {
            broker.Violate(context, "the digest is of something else");
        }

        broker.Builds[build.Record.Id] = build with { Sha256 = sha256, Record = build.Record with { Phase = BuildPhase.Queued } };
        await SendAsync(context, 202, broker.Builds[build.Record.Id].Record, ContractsJson.Default.Build);
    }

    private async Task ArtifactAsync(HttpContext context)
    {
        var digest = SHA256.HashData(broker.DamagedArtifacts ? [] : FakeBroker.Artifact);
        context.Response.ContentType = "application/gzip";
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(digest)}:";
        if (broker.LostAnswers > 0)
        {
            broker.LostAnswers--;
            await context.Response.Body.WriteAsync(FakeBroker.Artifact.AsMemory(0, 10));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(FakeBroker.Artifact);
    }

    private async Task CancelAsync(HttpContext context, FakeBuild build)
    {
        if (build.Record.Status.IsFinal())
        {
            await RefuseAsync(context, new Problem { Code = ErrorCode.Conflict, Status = 409, Title = "The build is final.", Fields = Field("state", build.Record.Status.ToString().ToLowerInvariant()) });
            return;
        }

        broker.Builds[build.Record.Id] = build with { Record = build.Record with { Status = BuildStatus.Running, Phase = BuildPhase.Cancelling } };
        await SendAsync(context, 202, broker.Builds[build.Record.Id].Record, ContractsJson.Default.Build);
    }

    private async Task RetryAsync(HttpContext context, FakeBuild build)
    {
        var id = broker.Keys.GetOrAdd(context.Request.Headers["Idempotency-Key"].ToString(), _ => broker.NewId());
        broker.Builds[id] = build with { Record = build.Record with { Id = id, Status = BuildStatus.Pending, Phase = BuildPhase.Queued } };
        await SendAsync(context, 202, broker.Builds[id].Record, ContractsJson.Default.Build);
    }

    private async Task SwitchAsync(HttpContext context)
    {
        await _check.BodyAsync(context, ContractsJson.Default.DeploymentChoice);
        await SendAsync(context, 200, Deployed(preview: false), ContractsJson.Default.Deployment);
    }

    private Task KeepAsync(HttpContext context)
    {
        _kept = HttpMethods.IsPut(context.Request.Method);
        return SendAsync(context, 200, Deployed(preview: true) with { Kept = _kept }, ContractsJson.Default.Deployment);
    }

    private async Task ChooseAsync(HttpContext context)
    {
        broker.DefaultProvider = (await _check.BodyAsync(context, ContractsJson.Default.DefaultProvider)).Name;
        await SendAsync(context, 200, State(broker.DefaultProvider), ContractsJson.Default.ProviderState);
    }

    private async Task ConfigureAsync(HttpContext context, string name)
    {
        var update = await _check.BodyAsync(context, ContractsJson.Default.ProviderUpdate);
        broker.Tokens[name] = update.Token ?? broker.Tokens.GetValueOrDefault(name, "");
        await SendAsync(context, 200, State(name) with { Settings = update.Settings ?? new Dictionary<string, string>() }, ContractsJson.Default.ProviderState);
    }

    private async Task SetLimitAsync(HttpContext context, string name)
    {
        var update = await _check.BodyAsync(context, ContractsJson.Default.LimitUpdate);
        broker.Tokens[name] = update.Value!;
        await SendAsync(context, 200, FakeLimits.Source with { Name = name, Value = update.Value!, From = "stored" }, ContractsJson.Default.Limit);
    }

    private async Task SetVariableAsync(HttpContext context, string name)
    {
        var update = await _check.BodyAsync(context, ContractsJson.Default.AppVariableUpdate);
        broker.Tokens[name] = update.Value!;
        await SendAsync(context, 200, new AppVariable(name, update.Value!), ContractsJson.Default.AppVariable);
    }

    private static Task GoneAsync(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task CreateTokenAsync(HttpContext context)
    {
        var request = await _check.BodyAsync(context, ContractsJson.Default.TokenRequest);
        broker.TokenRequests.Enqueue(request);
        await SendAsync(context, 201, FakeTokens.Ci with { Label = request.Label!, Right = request.Right!.Value, Apps = request.Apps, Secret = FakeTokens.Secret }, ContractsJson.Default.Token);
    }

    private Task RevokeTokenAsync(HttpContext context, string id)
    {
        if (id == FakeTokens.Ci.Id.ToString() && context.Request.Query["force"] != "true")
        {
            return RefuseAsync(context, new Problem { Code = ErrorCode.Conflict, Status = 409, Title = "The last.", Fields = Field("state", "last-admin-token") });
        }

        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private ProviderState State(string name) => new() { Name = name, Configured = name == "local" || broker.Tokens.ContainsKey(name), Default = name == broker.DefaultProvider };

    private Task UnknownAsync(HttpContext context)
    {
        broker.Violate(context, "there is no such call");
        return RefuseAsync(context, new Problem { Code = ErrorCode.NotFound, Status = 404, Title = "There is no such call." });
    }

    private async Task SendAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        if (broker.LostAnswers > 0 && !HttpMethods.IsGet(context.Request.Method))
        {
            broker.LostAnswers--;
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, type));
    }

    private static async Task RefuseAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = Problem.ContentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(problem, ContractsJson.Default.Problem)));
    }

    private static Dictionary<string, JsonElement> Field(string name, string value) => new() { [name] = JsonSerializer.SerializeToElement(value, ContractsJson.Default.String) };

    private static AppName Name(string text) => AppName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    private static App Shop() => new() { Name = Name("shop"), CreatedAt = DateTimeOffset.UnixEpoch, Url = "http://127.0.0.1:7071/sites/shop/", Live = DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10]) };

    private static Deployment Deployed(bool preview) => new()
    {
        Id = DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10]),
        App = Name("shop"),
        Release = "rel",
        Url = "http://127.0.0.1:7071/sites/shop/",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Live = !preview,
        Preview = preview,
    };
}

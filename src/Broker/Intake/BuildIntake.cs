using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Intake;

/// <summary>
/// Accepts builds: a valid request becomes an order and a record. The caller starts the orchestration with the order; should it die before that,
/// the watchdog finds the record and starts it.
/// </summary>
public sealed class BuildIntake(BuildStore store, AppStore apps, SlotStore slots, ProviderRegistry providers, BuildIntakeSettings settings)
{
    private readonly DrainRate _drain = new(settings.Clock);

    public async Task<AcceptedBuild> AcceptAsync(BuildRequest request, RequestKey? key, ReceivedSource? source, BuildId? retryOf, CancellationToken cancellation)
    {
        var open = await store.OpenKnownAsync(cancellation);
        var limit = settings.Queue.Value.MaxWaiting + await slots.CountRunningAsync(cancellation);
        _drain.Observe(open.Ended);
        if (key is null && open.Count >= limit)
        {
            // Refusing costs nothing that those who were accepted wait for.
            throw Full();
        }

        var names = request.Provider is not null || request.Providers is { Count: > 0 };
        var order = Order(request, source, retryOf, names ? null : await settings.Stored.DefaultProviderAsync(cancellation) ?? settings.Builds.Value.DefaultProvider);
        var fingerprint = Fingerprint(request, retryOf);
        var idempotencyKey = key?.For(order.App);
        if (idempotencyKey is not null && await FindAcceptedAsync(idempotencyKey, fingerprint, cancellation) is { } accepted)
        {
            return accepted;
        }

        await settings.Budget.EnsureRoomAsync(cancellation);
        await settings.Secrets.RequireAsync(order.App, request.Secrets, cancellation);
        if (!open.TryAdd(order.Id, limit))
        {
            throw Full();
        }

        AcceptedBuild? stored = null;
        try
        {
            return stored = await StoreAsync(order, idempotencyKey, fingerprint, cancellation);
        }
        finally
        {
            if (stored?.Order.Id == order.Id)
            {
                open.Stored(order.Id);
            }
            else
            {
                open.Remove(order.Id, ended: false);
            }
        }
    }

    private TransientException Full() =>
        new(ErrorCode.QueueFull, $"{settings.Queue.Value.MaxWaiting} builds are waiting already. Try again later.", _drain.NextRetry());

    private async Task<AcceptedBuild> StoreAsync(BuildOrder order, string? idempotencyKey, string fingerprint, CancellationToken cancellation)
    {
        if (idempotencyKey is not null)
        {
            // Whoever claimed the key may have died before its record was made, or be about to make it: the id is the key's, not the claimer's.
            var claim = await store.ClaimKeyAsync(idempotencyKey, new KeyClaim(order.Id, fingerprint), cancellation);
            order = order with { Id = Same(claim, fingerprint).Build };
        }

        // The app may name a build that is not made in the end, like the lists.
        var created = store.CreateAsync(order, FirstRecord(order), cancellation);
        await Task.WhenAll(apps.TouchAsync(order.App, order.Id, cancellation), created);
        return await created;
    }

    private async Task<AcceptedBuild?> FindAcceptedAsync(string key, string fingerprint, CancellationToken cancellation) =>
        await store.FindKeyAsync(key, cancellation) is { } claim ? await store.FindAcceptedAsync(Same(claim, fingerprint).Build, cancellation) : null;

    private static KeyClaim Same(KeyClaim claim, string fingerprint) => claim.Request == fingerprint
        ? claim
        : throw new RejectedException(
            ErrorCode.Conflict, "This Idempotency-Key was sent with another request before.", [new FailureField("state", "idempotency-key-used")]);

    private static string Fingerprint(BuildRequest request, BuildId? retryOf) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{retryOf}|"), .. JsonSerializer.SerializeToUtf8Bytes(request, ContractsJson.Default.BuildRequest)]));

    private BuildOrder Order(BuildRequest request, ReceivedSource? source, BuildId? retryOf, string? defaultProvider)
    {
        var app = RequestCheck.Pass(request, settings.Builds.Value);
        return new BuildOrder
        {
            Id = settings.Ids.Next<BuildId>(),
            App = app,
            Request = request,
            Providers = ChooseProviders(request, defaultProvider),
            MaxAttempts = settings.Builds.Value.MaxAttempts,
            Source = source,
            CreatedAt = settings.Clock.GetUtcNow(),
            RetryOf = retryOf,
            Supersede = request.Supersede ?? settings.Queue.Value.Supersede,
            Deadlines = new BuildDeadlines
            {
                Source = settings.Builds.Value.SourceTimeout,
                Queue = settings.Builds.Value.QueueTimeout,
                Run = request.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.Builds.Value.Timeout,
                Cancel = settings.Builds.Value.CancelGrace,
                CancelConfirmed = settings.Builds.Value.CancelTimeout,
                ProviderRetry = settings.Builds.Value.ProviderRetry,
            },
        };
    }

    private IReadOnlyList<string> ChooseProviders(BuildRequest request, string? defaultProvider)
    {
        var asked = request.Providers is { Count: > 0 } several ? several
            : (request.Provider ?? defaultProvider ?? providers.Only) is { } one ? [one]
            : throw new RejectedException(
                ErrorCode.BuildNotConfigured,
                providers.Names.Count == 0 ? "No build provider is set up." : $"Several providers are set up ({string.Join(", ", providers.Names.Order())}) and none is the default.",
                [new FailureField("hint", "bf config build.default NAME")]);
        foreach (var name in asked.Where(name => !providers.TryFind(name, out _)))
        {
            throw new RejectedException(
                ErrorCode.BuildNotConfigured,
                $"There is no provider '{name}' here. There {(providers.Names.Count == 1 ? "is" : "are")} {string.Join(", ", providers.Names.Order())}.",
                [new FailureField("provider", name), new FailureField("hint", ProviderCredentials.IsKnown(name) ? $"bf config build.{name} --token" : "bf config list")]);
        }

        return asked;
    }

    private static Build FirstRecord(BuildOrder order)
    {
        var self = $"/api/builds/{order.Id}";
        return new Build
        {
            Id = order.Id,
            App = order.App,
            Status = BuildStatus.Pending,
            Phase = BuildPhase.AwaitingSource,
            Reason = order.RetryOf is { } first ? $"retry of {first}" : null,
            Provider = order.Providers[0],
            Ref = order.Request.Ref,
            Framework = order.Request.Framework,
            Command = order.Request.Command,
            Output = order.Request.Output,
            CreatedAt = order.CreatedAt,
            Links = new BuildLinks(self, $"{self}/logs", $"{self}/timeline", $"{self}/artifact", $"{self}/cancel"),
        };
    }
}

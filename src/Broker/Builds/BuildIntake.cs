using System.Text.RegularExpressions;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>
/// Accepts builds: a valid request becomes an order and a record. The caller starts the orchestration with the order; should it die before that,
/// the watchdog finds the record and starts it.
/// </summary>
public sealed partial class BuildIntake(BuildStore store, AppStore apps, SlotStore slots, ProviderRegistry providers, BuildIntakeSettings settings)
{
    public async Task<BuildOrder> AcceptAsync(BuildRequest request, string? idempotencyKey, ReceivedSource? source, BuildId? retryOf, CancellationToken cancellation)
    {
        var order = Order(request, source, retryOf, await settings.Stored.DefaultProviderAsync(cancellation) ?? settings.Builds.Value.DefaultProvider);
        if (await slots.CountWaitingAsync(cancellation) >= settings.Queue.Value.MaxWaiting)
        {
            throw new TransientException(ErrorCode.QueueFull, $"{settings.Queue.Value.MaxWaiting} builds are waiting already. Try again later.", TimeSpan.FromSeconds(30));
        }

        if (idempotencyKey is not null)
        {
            var first = await store.ClaimKeyAsync(idempotencyKey, order.Id, cancellation);
            if (first != order.Id && await store.FindOrderAsync(first, cancellation) is { } known)
            {
                return known;
            }

            order = order with { Id = first };
        }

        await store.CreateAsync(order, FirstRecord(order), cancellation);
        await apps.TouchAsync(order.App, order.Id, cancellation);
        return order;
    }

    private BuildOrder Order(BuildRequest request, ReceivedSource? source, BuildId? retryOf, string? defaultProvider)
    {
        List<ValidationFault> faults = [];
        void Check(bool valid, string field, string message)
        {
            if (!valid)
            {
                faults.Add(new ValidationFault(field, message));
            }
        }

        Check(AppName.TryParse(request.App, out var app), "app", "'app' has 1 to 63 lower-case letters, digits and inner hyphens.");
        Check(request.Source != SourceKind.Git || !string.IsNullOrWhiteSpace(request.Repo), "repo", "'repo' is needed when the source is git.");
        Check(request.Timeout is null or > 0 && request.Timeout is null || request.Timeout <= settings.Builds.Value.MaxTimeout.TotalSeconds,
            "timeout", $"'timeout' is between 1 and {settings.Builds.Value.MaxTimeout.TotalSeconds:0} seconds.");
        Check(request.Priority is >= -1000 and <= 1000, "priority", "'priority' is between -1000 and 1000.");
        Check(IsInside(request.Root), "root", "'root' is a folder inside the source.");
        Check(IsInside(request.Output), "output", "'output' is a folder inside the app.");
        Check(request.Env is null || request.Env.Keys.All(name => VariableName().IsMatch(name)), "env", "The names in 'env' have letters, digits and underscores.");
        Check(request.Env is null || request.Env.Sum(pair => pair.Key.Length + pair.Value.Length) < 16_000, "env", "'env' holds 16,000 characters at the most.");
        Check(new[] { request.Command, request.Install }.All(command => command is null or { Length: < 4000 }), "command", "A command has fewer than 4,000 characters.");
        if (faults.Count > 0)
        {
            throw new RejectedException(
                ErrorCode.Validation,
                string.Join(" ", faults.Select(fault => fault.Message)),
                [new FailureField("errors", System.Text.Json.JsonSerializer.SerializeToElement([.. faults], Contracts.ContractsJson.Default.ValidationFaultArray))]);
        }

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
            Deadlines = new BuildDeadlines
            {
                Source = settings.Builds.Value.SourceTimeout,
                Queue = settings.Builds.Value.QueueTimeout,
                Run = request.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.Builds.Value.Timeout,
                Cancel = settings.Builds.Value.CancelGrace,
            },
        };
    }

    private IReadOnlyList<string> ChooseProviders(BuildRequest request, string? defaultProvider)
    {
        var asked = request.Providers is { Count: > 0 } several ? several
            : (request.Provider ?? defaultProvider ?? (providers.Names.Count == 1 ? providers.Names.First() : null)) is { } one ? [one]
            : throw new RejectedException(
                ErrorCode.BuildNotConfigured,
                providers.Names.Count == 0 ? "No build provider is set up." : $"Several providers are set up ({string.Join(", ", providers.Names.Order())}) and none is the default.",
                [new FailureField("hint", "bf config build.default NAME")]);
        foreach (var name in asked.Where(name => !providers.TryFind(name, out _)))
        {
            throw new RejectedException(
                ErrorCode.BuildNotConfigured,
                $"The provider '{name}' is not set up.",
                [new FailureField("provider", name), new FailureField("hint", $"bf config build.{name} --token …")]);
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

    private static bool IsInside(string? path) =>
        path is null || (path.Length < 240 && !path.StartsWith('/') && !path.Contains('\\') && !path.Contains('\0') && !path.Split('/').Contains(".."));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex VariableName();
}

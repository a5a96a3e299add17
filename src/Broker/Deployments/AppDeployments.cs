using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>What happens to the deployments of an app: added, made live, gone back to, kept.</summary>
public sealed class AppDeployments(IDeploymentStore store, LivePointers pointers, TimeProvider time)
{
    private const int MaxTries = 20;

    /// <summary>Switches of an app that a request under a key is looked for in.</summary>
    private const int RepeatsWithin = 50;

    /// <summary>The commit point of a build: repeated after a crash it does nothing twice, and late it does nothing at all.</summary>
    public async Task<SwitchResult> GoLiveAsync(DeploymentRecord deployment, BuildId build, CancellationToken cancellation)
    {
        await store.AddAsync(deployment, cancellation);
        var switched = await SwitchAsync(deployment, _ => DeploySequence.Of(build), SwitchReason.Build, cancellation);

        // Said once more after a newer build went live in turn: this one was live and not passed over.
        return switched.Outcome == SwitchOutcome.Superseded && switched.Live.Previous.Contains(deployment.Id)
            ? switched with { Outcome = SwitchOutcome.AlreadyLive }
            : switched;
    }

    /// <param name="key">The same request under the same key is the same switch.</param>
    public async Task<SwitchResult> PromoteAsync(AppName app, DeploymentId id, CancellationToken cancellation, RequestKey? key = null)
    {
        var request = SwitchRequest.Promote(app, id, key);
        return await RepeatedAsync(app, request, cancellation)
            ?? await SwitchAsync(await ExistingAsync(app, id, cancellation), Now, SwitchReason.Promote, cancellation, request);
    }

    /// <param name="to">Null for the one that was live before.</param>
    /// <param name="key">The same request under the same key is the same switch.</param>
    public async Task<SwitchResult> RollbackAsync(AppName app, DeploymentId? to, CancellationToken cancellation, RequestKey? key = null)
    {
        var request = SwitchRequest.Rollback(app, to, key);
        if (await RepeatedAsync(app, request, cancellation) is { } made)
        {
            return made;
        }

        var live = await LiveAsync(app, cancellation) ?? throw NotFound($"{app} was never deployed.");
        foreach (var id in to is { } wanted ? [wanted] : live.Previous)
        {
            if (await store.FindAsync(app, id, cancellation) is { } deployment)
            {
                return await SwitchAsync(deployment, Now, to is null || live.Previous.Contains(id) ? SwitchReason.Rollback : SwitchReason.Promote, cancellation, request);
            }
        }

        throw NotFound(to is null ? $"{app} has no deployment to go back to." : $"{app} has no deployment {to}.");
    }

    /// <summary>Puts back what history says is live, when the pointer is lost or damaged.</summary>
    public async Task<SwitchResult> RepairAsync(AppName app, CancellationToken cancellation)
    {
        if (await IsDamagedAsync(app, cancellation))
        {
            await store.DropLiveAsync(app, cancellation);
        }

        if (await store.LiveAsync(app, cancellation) is { } sound)
        {
            return new(SwitchOutcome.AlreadyLive, sound);
        }

        var history = await store.HistoryAsync(app, LivePointer.MaxPrevious + 1, cancellation);
        foreach (var line in history)
        {
            if (await store.FindAsync(app, line.Deployment, cancellation) is { } deployment)
            {
                var previous = history.Select(before => before.Deployment).Where(id => id != deployment.Id).Distinct().ToList();
                var next = SwitchRule.Next(null, deployment, Now(history[0].Sequence), SwitchReason.Repair, time.GetUtcNow()) with { Previous = previous };
                await store.TrySwitchAsync(null, next, SwitchReason.Repair, cancellation);
                return new(SwitchOutcome.Switched, await store.LiveAsync(app, cancellation) ?? next);
            }
        }

        throw NotFound($"{app} has no deployment left to repair it with.");
    }

    /// <summary>A kept deployment is there until somebody says otherwise, whatever its age.</summary>
    public async Task<DeploymentRecord> KeepAsync(AppName app, DeploymentId id, bool kept, CancellationToken cancellation) =>
        await store.TryKeepAsync(app, id, kept, cancellation) ? await ExistingAsync(app, id, cancellation) : throw NotFound($"{app} has no deployment {id}.");

    /// <summary>Removes one deployment, unless it is live or somebody wants to keep it.</summary>
    public async Task<DeploymentRecord> RemoveAsync(AppName app, DeploymentId id, CancellationToken cancellation)
    {
        var deployment = await ExistingAsync(app, id, cancellation);
        var live = await LiveAsync(app, cancellation);
        var state = live?.Deployment == id ? ("live", $"{id} is live. Make another one live first, or remove the app.")
            : deployment.Kept ? ("kept", $"{id} is kept. 'bf keep {app} {id} --off' lets it go.")
            : await store.TryRemoveAsync(deployment, cancellation) ? default
            : ("changed", $"{id} was changed at this moment. Look at it again.");
        return state == default ? deployment : throw new RejectedException(ErrorCode.Conflict, state.Item2, [new("state", state.Item1)]);
    }

    public async Task RemoveAllAsync(AppName app, CancellationToken cancellation)
    {
        await store.RemoveAllAsync(app, cancellation);
        pointers.Forget(app);
    }

    private async Task<SwitchResult> SwitchAsync(
        DeploymentRecord deployment, Func<DeploySequence?, DeploySequence> sequenceAfter, SwitchReason reason, CancellationToken cancellation, SwitchRequest? request = null)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var current = await LiveAsync(deployment.App, cancellation);
            if (await RepeatedAsync(deployment.App, request, cancellation) is { } made)
            {
                return made;
            }

            var sequence = sequenceAfter(current?.Sequence);
            if (SwitchRule.Decide(current, deployment.Id, sequence) is { } outcome)
            {
                pointers.Set(current!);
                return new(outcome, current!);
            }

            var next = SwitchRule.Next(current, deployment, sequence, reason, time.GetUtcNow());
            if (await store.TrySwitchAsync(current, next, reason, cancellation, request))
            {
                pointers.Set(next);
                return new(SwitchOutcome.Switched, next);
            }

            if (await WasMadeAsync(next, cancellation))
            {
                return new(SwitchOutcome.Switched, next);
            }

            // Another switch was faster; or the deployment was removed since it was found.
            await ExistingAsync(deployment.App, deployment.Id, cancellation);
        }

        throw new TransientException(ErrorCode.Conflict, $"Too many deployments of {deployment.App} at the same time.");
    }

    /// <summary>The write got through and its answer was lost, so that it was sent once more and met itself. To switch again would be another switch.</summary>
    private async Task<bool> WasMadeAsync(LivePointer next, CancellationToken cancellation) =>
        (await store.HistoryAsync(next.App, RepeatsWithin, cancellation)).Any(line => line.Sequence == next.Sequence);

    /// <summary>The switch that was made under the request's key, among the last of the app; the key is in the line that was written with the pointer.</summary>
    private async Task<SwitchResult?> RepeatedAsync(AppName app, SwitchRequest? request, CancellationToken cancellation)
    {
        if (request?.Key is not { } key
            || (await store.HistoryAsync(app, RepeatsWithin, cancellation)).FirstOrDefault(line => line.Request?.Key == key) is not { } made)
        {
            return null;
        }

        if (made.Request != request)
        {
            throw new RejectedException(ErrorCode.Conflict, "This Idempotency-Key was sent with another request before.", [new("state", "idempotency-key-used")]);
        }

        var deployment = await ExistingAsync(app, made.Deployment, cancellation);
        return new(SwitchOutcome.AlreadyLive, SwitchRule.Next(null, deployment, made.Sequence, made.Reason, made.At));
    }

    private async Task<LivePointer?> LiveAsync(AppName app, CancellationToken cancellation)
    {
        try
        {
            if (await store.LiveAsync(app, cancellation) is { } live)
            {
                return live;
            }

            // The first deployment may have come between the two reads, so the pointer is asked for once more.
            return (await store.HistoryAsync(app, 1, cancellation)).Count == 0 ? null
                : await store.LiveAsync(app, cancellation) ?? throw Blocked(app, null);
        }
        catch (InvalidDataException damage)
        {
            throw Blocked(app, damage);
        }
    }

    private async Task<bool> IsDamagedAsync(AppName app, CancellationToken cancellation)
    {
        try
        {
            await store.LiveAsync(app, cancellation);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private async Task<DeploymentRecord> ExistingAsync(AppName app, DeploymentId id, CancellationToken cancellation) =>
        await store.FindAsync(app, id, cancellation) ?? throw NotFound($"{app} has no deployment {id}.");

    private DeploySequence Now(DeploySequence? current) => DeploySequence.After(current, time.GetUtcNow());

    private static RejectedException NotFound(string message) => new(ErrorCode.NotFound, message);

    private static RejectedException Blocked(AppName app, Exception? inner) =>
        new(ErrorCode.Conflict, $"The live pointer of {app} is lost or damaged; nothing is deployed until it is repaired: bf repair {app}", [new("state", "live-pointer-damaged")], inner);
}

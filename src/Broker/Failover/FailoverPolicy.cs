namespace BuildFunctions.Broker.Failover;

/// <summary>Which failure goes where. An attempt counts once a provider has accepted it; until then its number only tells providers apart.</summary>
public static class FailoverPolicy
{
    private static readonly TimeSpan _firstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(2);

    public static NextStep Decide(FailoverState state, FailedAttempt failed)
    {
        if (failed.Class == FaultClass.Build)
        {
            return new NextStep(state, $"{Told(failed)} → no other attempt would end differently");
        }

        if (failed.Class == FaultClass.Access)
        {
            state = state with { Barred = [.. state.Barred.Except([failed.Provider]), failed.Provider] };
        }

        if (Usable(state, failed.Provider) is not { Count: > 0 } usable)
        {
            return new NextStep(state, $"{Told(failed)} → no other provider is left");
        }

        return failed.NothingStarted ? AfterRefusal(state, failed, usable) : AfterLoss(state, failed, usable);
    }

    private static NextStep AfterRefusal(FailoverState state, FailedAttempt failed, IReadOnlyList<string> usable)
    {
        state = state with { Refused = new Dictionary<string, TimeSpan>(state.Refused) { [failed.Provider] = failed.RetryAfter ?? TimeSpan.Zero } };
        if (usable.FirstOrDefault(provider => !state.Refused.ContainsKey(provider)) is { } fresh)
        {
            // After the first round the same number goes on: an outage of hours is not an attempt a minute.
            var number = state.Waits == 0 ? failed.Number + 1 : failed.Number;
            return new NextStep(state, $"{Told(failed)}, nothing was started → {Next(number, failed)} on {fresh}", fresh, number);
        }

        var soonest = usable.MinBy(provider => (state.Refused[provider], Preference(state, provider)))!;
        var wait = Shorter(state.Retry * (1 + (state.Waits / 6.0)), Longer(state.Retry, _longestWait));
        var pause = Longer(state.Refused[soonest], wait);
        var round = state with { Waits = state.Waits + 1, Refused = new Dictionary<string, TimeSpan>() };
        return new NextStep(round, $"{Told(failed)}, nothing was started → waiting for {soonest}", soonest, failed.Number, pause, Waiting: true);
    }

    private static NextStep AfterLoss(FailoverState state, FailedAttempt failed, IReadOnlyList<string> usable)
    {
        state = state with { Used = state.Used + 1, Waits = 0, Refused = new Dictionary<string, TimeSpan>() };
        if (state.Used >= state.MaxAttempts)
        {
            return new NextStep(state, $"{Told(failed)} → all {state.MaxAttempts} attempts are used up");
        }

        var (next, number) = (usable[0], failed.Number + 1);
        var pause = next == failed.Provider ? failed.RetryAfter ?? Shorter(_firstBackOff * (1 << Math.Min(state.Used - 1, 10)), _longestBackOff) : TimeSpan.Zero;
        return new NextStep(state, $"{Told(failed)} → {Next(number, failed)} on {next}", next, number, pause);
    }

    /// <summary>The others in their order, from the one behind the failed one on; the failed one itself is the last resort.</summary>
    private static List<string> Usable(FailoverState state, string failed)
    {
        var providers = state.Providers.Distinct().ToList();
        var place = providers.IndexOf(failed) + 1;
        return [.. providers.Skip(place).Concat(providers.Take(place)).Except(state.Barred)];
    }

    private static int Preference(FailoverState state, string provider) => state.Providers.ToList().IndexOf(provider);

    private static string Told(FailedAttempt failed) => $"attempt {failed.Number} on {failed.Provider}: {failed.Problem.Code}";

    private static string Next(int number, FailedAttempt failed) => number == failed.Number ? "the same attempt" : "next attempt";

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

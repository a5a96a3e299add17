namespace BuildFunctions.Chaos.Builds;

/// <summary>The customers of a campaign. Those of a shop that is open take the next build when they are through with one.</summary>
/// <param name="check">What is looked at as soon as a build has ended, if anything.</param>
internal sealed class Crowd(Shop shop, Customer customer, Findings findings, Func<Journey, CancellationToken, Task>? check)
{
    /// <summary>
    /// No build takes so long once the brokers are left alone, however slow the machine is. Under kills it may take any time: each that hits one of its
    /// activities costs it a minute, after which the queue gives the activity out again.
    /// </summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(6);

    /// <param name="next">Waits for the moment at which another build is wanted; false when none is any more.</param>
    public async Task RunAsync(int customers, Func<CancellationToken, Task<bool>> next, CancellationToken closing) =>
        await Task.WhenAll(Enumerable.Range(0, customers).Select(async _ =>
        {
            while (await next(closing))
            {
                await ServeAsync(shop.Next(), closing);
            }
        }));

    private async Task ServeAsync(Journey journey, CancellationToken closing)
    {
        using var patience = new CancellationTokenSource();
        await using var limit = closing.Register(() => patience.CancelAfter(_patience));
        try
        {
            await customer.RunAsync(journey, patience.Token);
            if (check is not null)
            {
                await check(journey, patience.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            findings.Add($"{journey}: stuck, no end within {_patience.TotalMinutes:0} minutes after the last kill");
        }
        catch (Exception fault)
        {
            findings.Add($"{journey}: the customer gave up: {fault}");
        }
        finally
        {
            journey.End();
        }
    }
}

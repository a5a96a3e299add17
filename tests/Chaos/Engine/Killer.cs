using System.Diagnostics;
using BuildFunctions.Testing;

namespace BuildFunctions.Chaos.Engine;

/// <summary>Kills the worker at random moments, starts it again, and checks at the end what all its lives came to.</summary>
internal sealed class Killer(ChaosOptions options)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(options.Seed);

    public async Task<int> RunAsync()
    {
        Console.WriteLine($"seed {options.Seed}, {options.Kills} kills, {options.Instances} instances");
        var folder = Directory.CreateTempSubdirectory("chaos").FullName;
        try
        {
            await using var azurite = await Azurite.StartAsync();
            for (var kill = 1; kill <= options.Kills; kill++)
            {
                await LiveAndDieAsync(azurite.ConnectionString, folder, kill);
            }

            return Report(folder, await FinishAsync(azurite.ConnectionString, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task LiveAndDieAsync(string connection, string folder, int kill)
    {
        // Each life starts its share, so that no kill finds the work done.
        using var worker = Start(connection, folder, options.Instances * kill / options.Kills);
        using var patience = new CancellationTokenSource(_patience);
        var ready = await worker.StandardOutput.ReadLineAsync(patience.Token);
        var life = _random.Next(1500);
        await Task.Delay(life, CancellationToken.None);
        worker.Kill();
        await worker.WaitForExitAsync(CancellationToken.None);
        Console.WriteLine($"kill {kill}: {life} ms after it was {ready ?? "started"}");
    }

    private async Task<Dictionary<int, string>> FinishAsync(string connection, string folder)
    {
        var results = new Dictionary<int, string>();
        using var worker = Start(connection, folder, options.Instances);
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            while (await worker.StandardOutput.ReadLineAsync(patience.Token) is { } line && line != "done")
            {
                if (line.Split(' ', 2) is [var n, var result] && int.TryParse(n, out var number))
                {
                    results.Add(number, result);
                }
            }
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("The last worker did not finish in time.");
        }

        worker.Kill();
        await worker.WaitForExitAsync(CancellationToken.None);
        return results;
    }

    private int Report(string folder, Dictionary<int, string> results)
    {
        var effects = File.ReadLines(Path.Combine(folder, "effects")).Select(line => line.Split('\t')).ToLookup(parts => parts[0], parts => parts[1]);
        var all = Enumerable.Range(0, options.Instances).ToList();
        var stuck = all.Where(n => !results.ContainsKey(n)).ToList();
        var wrong = all.Where(n => results.TryGetValue(n, out var result) && result != $"Completed {Plan.Result(n)}").ToList();
        var lost = all.SelectMany(Plan.Effects).Where(label => !effects.Contains(label)).ToList();
        var twice = effects.Where(effect => effect.Distinct().Count() > 1).Select(effect => effect.Key).ToList();
        wrong.ForEach(n => Console.WriteLine($"wrong: {Plan.Kind(n)} {Plan.Id(n)}: {results[n]}, expected Completed {Plan.Result(n)}"));
        stuck.ForEach(n => Console.WriteLine($"stuck: {Plan.Kind(n)} {Plan.Id(n)}"));
        lost.ForEach(label => Console.WriteLine($"lost effect: {label}"));
        twice.ForEach(label => Console.WriteLine($"one step under two keys: {label}"));
        Console.WriteLine(
            $"seed {options.Seed}: {options.Instances} instances, {options.Kills} kills, lost {lost.Count}, wrong {wrong.Count + twice.Count}, stuck {stuck.Count}; " +
            $"{effects.Sum(effect => effect.Count() - 1)} of {effects.Count} effects ran again");
        return lost.Count + wrong.Count + twice.Count + stuck.Count == 0 ? 0 : 1;
    }

    private static Process Start(string connection, string folder, int instances) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        RedirectStandardOutput = true,
        ArgumentList = { "worker", connection, folder, $"{instances}" },
    })!;
}

using BuildFunctions.Chaos;
using BuildFunctions.Chaos.Builds;
using BuildFunctions.Chaos.Engine;
using BuildFunctions.Chaos.Soak;
using BuildFunctions.Chaos.Ssh;

// chaos [engine] [--kills N] [--seed S] [--instances N]   kills the engine's process
// chaos builds [--kills N] [--hosts N] [--seed S] [--setting K=V]…    kills the published broker under builds
// chaos soak [--minutes M] [--every A-B] [--rate N] …     the same for a long time, at a steady rate, while old builds are removed
// chaos ssh [--faults N] [--seed S]            cuts lines to build servers and kills the broker under builds
// 0 when nothing was lost, wrong or stuck; 1 otherwise; 2 for a wrong argument.
switch (args)
{
    case ["worker", var connection, var folder, var instances]:
        await new Worker(connection, folder, int.Parse(instances)).RunAsync();
        return 0;

    case ["builds", .. var rest] when Arguments.Builds(rest) is { } options:
        return (await Campaign.RunAsync(options, Console.Out)).Count == 0 ? 0 : 1;

    case ["soak", .. var rest] when Arguments.Soak(rest) is { } options:
        return (await new SoakRun(options, Console.Out).RunAsync()).Count == 0 ? 0 : 1;

    case ["ssh", .. var rest] when Arguments.Ssh(rest) is { } options:
        return (await new SshCampaign(options, Console.Out).RunAsync()).Count == 0 ? 0 : 1;

    case ["engine", .. var rest] when ChaosOptions.Parse(rest) is { } options:
        return await new Killer(options).RunAsync();

    case [] or [['-', ..], ..] when ChaosOptions.Parse(args) is { } options:
        return await new Killer(options).RunAsync();

    default:
        Console.Error.WriteLine(Arguments.Usage);
        return 2;
}

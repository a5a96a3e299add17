using BuildFunctions.Chaos;

// chaos [--kills N] [--seed S] [--instances N]: 0 when nothing was lost, wrong or stuck; 1 otherwise; 2 for a wrong argument.
// The first process starts Azurite and kills the second, which runs the engine, again and again.
if (args is ["worker", var connection, var folder, var instances])
{
    await new Worker(connection, folder, int.Parse(instances)).RunAsync();
    return 0;
}

var options = ChaosOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: chaos [--kills N] [--seed S] [--instances N]");
    return 2;
}

return await new Killer(options).RunAsync();

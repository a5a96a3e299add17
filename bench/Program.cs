using BuildFunctions.Bench;

var all = new Dictionary<string, Func<TextWriter, Task>>
{
    ["artifact"] = ArtifactBench.RunAsync,
    ["site"] = SiteBench.RunAsync,
    ["store"] = EngineStorageBench.RunAsync,
    ["engine"] = EngineBench.RunAsync,
    ["tables"] = TablesBench.RunAsync,
    ["http"] = HttpBench.RunAsync,
    ["log"] = LogBench.RunAsync,
    ["local"] = LocalBench.RunAsync,
    ["build"] = BuildBench.RunAsync,
    ["queue"] = QueueBench.RunAsync,
    ["restart"] = RestartBench.RunAsync,
    ["pack"] = PackBench.RunAsync,
};
var unknown = args.Except(all.Keys).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Keys)}");
    return 2;
}

foreach (var (name, run) in all.Where(bench => args.Length == 0 || args.Contains(bench.Key)))
{
    Console.WriteLine($"== {name}");
    await run(Console.Out);
}

return 0;

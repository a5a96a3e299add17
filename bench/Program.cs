using BuildFunctions.Bench;

var all = new Dictionary<string, Func<TextWriter, Task>>
{
    ["tables"] = TablesBench.RunAsync,
};
foreach (var (name, run) in all.Where(bench => args.Length == 0 || args.Contains(bench.Key)))
{
    Console.WriteLine($"== {name}");
    await run(Console.Out);
}

using BuildFunctions.Bench;

switch (args.FirstOrDefault())
{
    case "http":
        await HttpBench.RunAsync(Console.Out);
        break;
    default:
        Console.Error.WriteLine("usage: bench http");
        return 2;
}

return 0;

using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>The app's functions, from the metadata that the Worker SDK has generated.</summary>
internal sealed class FunctionCatalog
{
    private readonly List<AppFunction> _functions = [];

    public FunctionCatalog(IFunctionMetadataProvider metadata)
    {
        // Generated: a list in code, ready at once.
        foreach (var function in metadata.GetFunctionMetadataAsync(AppContext.BaseDirectory).GetAwaiter().GetResult())
        {
            Add(function);
        }

        foreach (var same in _functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            Faults.Add($"The function name '{same.Key}' is used by {string.Join(" and ", same.Select(function => function.EntryPoint))}. Names must differ.");
        }
    }

    public IReadOnlyList<AppFunction> Functions => _functions;

    public List<string> Faults { get; } = [];

    public IEnumerable<AppFunction> OfType(string trigger) => _functions.Where(function => function.Trigger.Is(trigger));

    private void Add(IFunctionMetadata function)
    {
        var (name, entryPoint) = (function.Name ?? "", function.EntryPoint ?? "");
        if (FindMethod(name, entryPoint, function.ScriptFile ?? "") is not { } method)
        {
            Faults.Add($"Function {name} ({entryPoint}): there is no such public method.");
            return;
        }

        AppBinding[] bindings = [.. (function.RawBindings ?? []).Select(json => new AppBinding(json))];
        AppBinding[] triggers = [.. bindings.Where(binding => binding.IsTrigger)];
        if (triggers is not [var trigger])
        {
            Faults.Add($"Function {name} ({entryPoint}) needs exactly one parameter with a trigger attribute such as [HttpTrigger]; it has {triggers.Length}.");
            return;
        }

        _functions.Add(new AppFunction(name, entryPoint, method, bindings, trigger));
    }

    private static MethodInfo? FindMethod(string function, string entryPoint, string file)
    {
        var dot = entryPoint.LastIndexOf('.');
        var type = dot < 0 ? null : Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetType(entryPoint[..dot]);
        MethodInfo[] named = [.. (type?.GetMethods() ?? []).Where(method => method.Name == entryPoint[(dot + 1)..])];
        return named is [var only] ? only : named.FirstOrDefault(method => method.GetCustomAttribute<FunctionAttribute>()?.Name == function);
    }
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Discovery;

internal sealed class FunctionCatalog : IFunctionCatalog
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly List<FunctionDescriptor> _functions = [];

    public FunctionCatalog(IEnumerable<Type> types)
    {
        foreach (var method in types.Where(type => type.IsClass && !type.IsGenericTypeDefinition).SelectMany(type => type.GetMethods(Everything)))
        {
            if (method.IsDefined(typeof(FunctionAttribute), inherit: false))
            {
                Add(method, method.GetCustomAttribute<FunctionAttribute>()!.Name);
            }
        }

        foreach (var same in _functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            Faults.Add($"The function name '{same.Key}' is used by {string.Join(" and ", same.Select(function => function.EntryPoint))}. Names must differ.");
        }
    }

    public IReadOnlyList<FunctionDescriptor> Functions => _functions;

    public List<string> Faults { get; } = [];

    private void Add(MethodInfo method, string name)
    {
        var where = $"Function {name} ({method.DeclaringType?.FullName}.{method.Name})";
        if (!method.IsPublic || method.DeclaringType is not { IsVisible: true } || method.IsGenericMethodDefinition)
        {
            Faults.Add($"{where} must be a public, non-generic method of a public class.");
            return;
        }

        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
        {
            Faults.Add($"{where} needs exactly one parameter with a trigger attribute such as [HttpTrigger]; it has {triggers.Count}.");
            return;
        }

        _functions.Add(new FunctionDescriptor(name, method, triggers[0], triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!));
    }
}

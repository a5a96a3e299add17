using System.Reflection;
using BuildFunctions.Conformance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>The functions of the conformance app as plain code, for runtimes in this process.</summary>
internal static class ConformanceTasks
{
    public static IEnumerable<(string Name, Func<TaskOrchestrationContext, Task<string?>> Code)> Orchestrators =>
        Functions<Func<TaskOrchestrationContext, Task<string?>>>(typeof(Orchestrations));

    public static IEnumerable<(string Name, Func<string, string?> Code)> Activities => Functions<Func<string, string?>>(typeof(Activities));

    private static IEnumerable<(string Name, TCode Code)> Functions<TCode>(Type type) where TCode : Delegate =>
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method.CreateDelegate<TCode>());
}

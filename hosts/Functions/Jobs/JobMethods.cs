using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>What a job's method does: the function's name, its trigger's value, and what it answers.</summary>
public delegate Task<object?> JobInvocation(string function, object? input);

/// <summary>WebJobs runs .NET methods with attributes and nothing else. One is emitted for each function; all call the same delegate.</summary>
internal sealed class JobMethods
{
    public const string ClientMethod = "DurableClient";

    private readonly TypeBuilder _type = AssemblyBuilder.DefineDynamicAssembly(new("BuildFunctions.FunctionsHost.EmittedJobs"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Jobs").DefineType("Functions", TypeAttributes.Public | TypeAttributes.Sealed);

    private readonly FieldBuilder _invoke;
    private int _methods;

    private JobMethods() => _invoke = _type.DefineField("Invoke", typeof(JobInvocation), FieldAttributes.Public | FieldAttributes.Static);

    /// <summary>The type for the job host's type locator.</summary>
    public static Type Emit(IEnumerable<Function> functions, IEnumerable<(string? Hub, string? Connection)> clients, JobInvocation invoke)
    {
        var methods = new JobMethods();
        functions.Where(function => function.IsJob).ToList().ForEach(methods.Add);
        foreach (var (number, client) in clients.Index())
        {
            methods.AddClient($"{ClientMethod}{number}", client);
        }

        var type = methods._type.CreateType();
        type.GetField("Invoke")!.SetValue(null, invoke);
        return type;
    }

    private static CustomAttributeBuilder Attribute<T>(string?[] arguments, params (string Name, object? Value)[] properties)
    {
        var set = properties.Where(property => property.Value is not null).ToArray();
        return new(
            typeof(T).GetConstructor([.. arguments.Select(_ => typeof(string))])!, arguments,
            [.. set.Select(property => typeof(T).GetProperty(property.Name)!)], [.. set.Select(property => property.Value)]);
    }

    private void Add(Function function)
    {
        var trigger = function.Trigger;
        _ = trigger.Type.ToLowerInvariant() switch
        {
            "orchestrationtrigger" => Define(function.Name, typeof(string), typeof(Task<object>), Attribute<OrchestrationTriggerAttribute>([], ("Orchestration", trigger.Text("orchestration")))),
            "activitytrigger" => Define(function.Name, typeof(string), typeof(Task<object>), Attribute<ActivityTriggerAttribute>([], ("Activity", trigger.Text("activity")))),
            "timertrigger" => Define(function.Name, typeof(TimerInfo), typeof(Task), Attribute<TimerTriggerAttribute>(
                [trigger.Text("schedule")], ("UseMonitor", trigger.Flag("useMonitor")), ("RunOnStartup", trigger.Flag("runOnStartup")))),
            _ => throw new HostStartException($"Function {function.Name} has a {trigger.Type}, which this host does not run."),
        };
    }

    private void AddClient(string name, (string? Hub, string? Connection) client) => Define(
        name, typeof(string), typeof(Task), Attribute<DurableClientAttribute>([], ("TaskHub", client.Hub), ("ConnectionName", client.Connection)))
        .SetCustomAttribute(Attribute<NoAutomaticTriggerAttribute>([]));

    private MethodBuilder Define(string name, Type input, Type output, CustomAttributeBuilder binding)
    {
        var method = _type.DefineMethod($"Job{_methods++}", MethodAttributes.Public | MethodAttributes.Static, output, [input]);
        method.SetCustomAttribute(Attribute<FunctionNameAttribute>([name]));
        method.DefineParameter(1, ParameterAttributes.None, "input").SetCustomAttribute(binding);
        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldsfld, _invoke);
        body.Emit(OpCodes.Ldstr, name);
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Callvirt, typeof(JobInvocation).GetMethod("Invoke")!);
        body.Emit(OpCodes.Ret);
        return method;
    }
}

using System.Collections.Concurrent;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>Makes the instance that a function is called on, once an invocation, from the services of its scope.</summary>
internal sealed class FunctionActivator : IFunctionActivator
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = [];

    public object? CreateInstance(Type instanceType, FunctionContext context) =>
        _factories.GetOrAdd(instanceType, type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes))(context.InstanceServices, null);
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded;

/// <summary>Supplies the parameters that carry an input-binding attribute of this type; registered as a service.</summary>
public interface IInputBindingExtension
{
    Type BindingAttribute { get; }

    object? Bind(ParameterInfo parameter, Attribute attribute, FunctionContext context);
}

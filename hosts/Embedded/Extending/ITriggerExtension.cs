using System.Reflection;

namespace BuildFunctions.Embedded;

/// <summary>A kind of trigger, registered as a service by its extension, which invokes the functions itself.</summary>
public interface ITriggerExtension
{
    Type TriggerAttribute { get; }

    /// <summary>What stands behind the function's name in the list printed at start.</summary>
    string Describe(FunctionDescriptor function);

    /// <summary>Adds what is wrong with the function; any fault stops the start.</summary>
    void Validate(FunctionDescriptor function, ICollection<string> faults);

    /// <summary>Whether the extension supplies a parameter beside the trigger that has no binding attribute.</summary>
    bool CanBind(FunctionDescriptor function, ParameterInfo parameter) => false;

    /// <summary>The value of a parameter that <see cref="CanBind"/> claimed.</summary>
    object? Bind(FunctionDescriptor function, ParameterInfo parameter, object? triggerValue) => null;
}

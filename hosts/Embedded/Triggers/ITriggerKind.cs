namespace BuildFunctions.Embedded.Triggers;

/// <summary>A kind of trigger that this host serves; registered as a service.</summary>
internal interface ITriggerKind
{
    /// <summary>The trigger's name in a function's metadata, e.g. httpTrigger.</summary>
    string Type { get; }

    /// <summary>What stands behind the function's name in the list printed at start.</summary>
    string Describe(AppFunction function) => Type[..^"Trigger".Length];

    /// <summary>Adds what is wrong with the function; any fault stops the start.</summary>
    void Check(AppFunction function, ICollection<string> faults)
    {
    }

    /// <summary>What supplies a parameter that has no input binding and no converter of its own; null, and why where the trigger's value will not do.</summary>
    ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why) => null;
}

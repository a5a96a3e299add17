namespace BuildFunctions.Embedded.Triggers;

/// <summary>A kind of input binding that this host serves; registered as a service.</summary>
internal interface IInputKind
{
    /// <summary>The binding's name in a function's metadata, e.g. durableClient.</summary>
    string Type { get; }

    /// <summary>What supplies the parameter; null, and why, if nothing does.</summary>
    ParameterBinder? Bind(ParameterInfo parameter, ref string why);
}

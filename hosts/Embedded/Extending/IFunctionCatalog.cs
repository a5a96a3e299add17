namespace BuildFunctions.Embedded;

/// <summary>The app's functions, found once at start.</summary>
public interface IFunctionCatalog
{
    IReadOnlyList<FunctionDescriptor> Functions { get; }
}

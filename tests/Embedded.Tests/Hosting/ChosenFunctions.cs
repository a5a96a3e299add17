using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace BuildFunctions.Embedded.Tests.Hosting;

/// <summary>Of this assembly's functions those of the chosen classes.</summary>
internal sealed class ChosenFunctions(IFunctionMetadataProvider all, IReadOnlyList<Type> classes) : IFunctionMetadataProvider
{
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) =>
        [.. (await all.GetFunctionMetadataAsync(directory)).Where(function => classes.Any(one => function.EntryPoint!.StartsWith($"{one.FullName}.", StringComparison.Ordinal)))];
}

using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace BuildFunctions.Bench;

/// <summary>The measured functions alone: what is generated here lists those of the broker too.</summary>
internal sealed class HttpBenchMetadata : IFunctionMetadataProvider
{
    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) =>
        [.. (await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync(directory))
            .Where(function => function.EntryPoint!.StartsWith(typeof(HttpBenchFunctions).FullName!, StringComparison.Ordinal))];
}

using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Broker.Tests.Providers;

internal static class LocalProviders
{
    public static LocalProvider New(LocalOptions options, ISourceReader source) => new(options, source, new(options, NullLogger<LocalUsers>.Instance), TimeProvider.System);
}

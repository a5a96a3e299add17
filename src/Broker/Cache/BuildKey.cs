using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

public sealed record BuildKey(BuildId Build, CacheKey Key);

using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Why a run was given no server.</summary>
internal delegate Task<BrokerFailure> Unplaced(RunRequest request, CancellationToken cancellation);

using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Settings;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Intake;

/// <summary>What the intake decides by.</summary>
public sealed record BuildIntakeSettings(
    IOptions<BuildOptions> Builds, IOptions<QueueOptions> Queue, SettingsStore Stored, BuildSecrets Secrets, IdSource Ids, TimeProvider Clock, StorageBudget Budget);

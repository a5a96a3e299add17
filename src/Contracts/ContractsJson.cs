using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Hosts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Limits;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Contracts.Reconciliation;
using BuildFunctions.Contracts.Retention;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.Contracts;

/// <summary>How everything on the wire is written: camelCase, absent instead of null, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Build))]
[JsonSerializable(typeof(BuildPage))]
[JsonSerializable(typeof(BuildRequest))]
[JsonSerializable(typeof(TimelineEntry[]))]
[JsonSerializable(typeof(App))]
[JsonSerializable(typeof(App[]))]
[JsonSerializable(typeof(AppVariable[]))]
[JsonSerializable(typeof(AppVariableUpdate))]
[JsonSerializable(typeof(CachedRelease[]))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(DeploymentPage))]
[JsonSerializable(typeof(DeploymentChoice))]
[JsonSerializable(typeof(Limit[]))]
[JsonSerializable(typeof(LimitUpdate))]
[JsonSerializable(typeof(LocalBroker))]
[JsonSerializable(typeof(ProviderState[]))]
[JsonSerializable(typeof(ProviderUpdate))]
[JsonSerializable(typeof(DefaultProvider))]
[JsonSerializable(typeof(Token))]
[JsonSerializable(typeof(Token[]))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(DsseEnvelope))]
[JsonSerializable(typeof(InTotoStatement))]
[JsonSerializable(typeof(SlsaProvenance))]
[JsonSerializable(typeof(ReuseRecord))]
[JsonSerializable(typeof(ProvenanceKeys))]
[JsonSerializable(typeof(ProvenanceVerdict))]
[JsonSerializable(typeof(RetentionReport))]
[JsonSerializable(typeof(StorageUse))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(WebhookId))]
[JsonSerializable(typeof(Webhook[]))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(WebhookDelivery[]))]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(WebhookTry[]))]
[JsonSerializable(typeof(TokenId))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(GitHost[]))]
[JsonSerializable(typeof(GitToken))]
[JsonSerializable(typeof(Secret[]))]
[JsonSerializable(typeof(SecretUpdate))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(Server))]
[JsonSerializable(typeof(Server[]))]
[JsonSerializable(typeof(ServerDrain))]
[JsonSerializable(typeof(ServerRequest))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ValidationFault[]))]
[JsonSerializable(typeof(string))]
public sealed partial class ContractsJson : JsonSerializerContext;

using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Functions.Tests.Hosting;

public sealed class NobodysTriggerAttribute : TriggerBindingAttribute;

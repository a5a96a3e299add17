using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Tests.Hosting;

public sealed class NobodysTriggerAttribute : TriggerBindingAttribute;

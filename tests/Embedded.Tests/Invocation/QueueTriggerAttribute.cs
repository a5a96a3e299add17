using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class QueueTriggerAttribute : TriggerBindingAttribute;

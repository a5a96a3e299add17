using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace BuildFunctions.Embedded.Functions.Tests.Invocation;

public sealed class ShelfAttribute : InputBindingAttribute;

namespace BuildFunctions.Engine.Tests.Conformance;

public sealed class InMemoryConformanceTests(InMemoryRuntime runtime) : ConformanceTests(runtime), IClassFixture<InMemoryRuntime>;

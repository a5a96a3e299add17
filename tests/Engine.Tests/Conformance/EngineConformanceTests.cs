namespace BuildFunctions.Engine.Tests.Conformance;

public sealed class EngineConformanceTests(EngineRuntime runtime) : ConformanceTests(runtime), IClassFixture<EngineRuntime>;

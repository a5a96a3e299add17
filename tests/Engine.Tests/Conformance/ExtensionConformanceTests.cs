namespace BuildFunctions.Engine.Tests.Conformance;

public sealed class ExtensionConformanceTests(ExtensionRuntime runtime) : ConformanceTests(runtime), IClassFixture<ExtensionRuntime>;

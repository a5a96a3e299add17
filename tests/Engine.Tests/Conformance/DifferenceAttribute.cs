namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>The test asserts something in which the runtimes differ; docs/engine.md has it in its table.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DifferenceAttribute : Attribute;

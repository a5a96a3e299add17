namespace BuildFunctions.Sources.Packing;

/// <summary>Either <see cref="PackedSource"/> or <see cref="PackRefusal"/>.</summary>
public abstract record PackResult;

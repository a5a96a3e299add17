namespace BuildFunctions.Sources.Settings;

/// <summary>Settings, or faults; each fault and warning says file and line.</summary>
public sealed record AppSettingsReading(AppSettings? Settings, IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings);

namespace BuildFunctions.Sources.Settings;

/// <summary>Who decided a setting.</summary>
public enum SettingSource
{
    Request,
    AppJson,
    Detected,
    Default,
}

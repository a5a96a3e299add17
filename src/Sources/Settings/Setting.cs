namespace BuildFunctions.Sources.Settings;

/// <summary>A value, and where it came from.</summary>
public readonly record struct Setting<T>(T Value, SettingSource Source)
{
    public string From => Source switch
    {
        SettingSource.Request => "request",
        SettingSource.AppJson => "app.json",
        SettingSource.Detected => "detected",
        _ => "default",
    };
}

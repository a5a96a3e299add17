namespace BuildFunctions.Infra.Tests.Images;

/// <summary>Images are built without a daemon by root; elsewhere the workflow builds them on their official bases.</summary>
internal sealed class BuildahFactAttribute : FactAttribute
{
    public BuildahFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/buildah"))
        {
            Skip = "Needs root and buildah (apt-get install buildah).";
        }
    }
}

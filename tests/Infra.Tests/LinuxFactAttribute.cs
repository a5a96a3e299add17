using System.Runtime.InteropServices;

namespace BuildFunctions.Infra.Tests;

/// <summary>The Bicep compiler that the tests bring is one for Linux on x64.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "Runs on Linux x64.";
        }
    }
}

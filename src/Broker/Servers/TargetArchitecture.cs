namespace BuildFunctions.Broker.Servers;

/// <summary>What the kernel calls an architecture, and the compilers that build for it elsewhere.</summary>
internal sealed record TargetArchitecture(string Machine, string Kernel, string Prefix)
{
    private static readonly TargetArchitecture[] _all =
    [
        new("x86_64", "x86_64", "x86_64-linux-gnu-"),
        new("i686", "i386", "i686-linux-gnu-"),
        new("aarch64", "arm64", "aarch64-linux-gnu-"),
        new("armv7l", "arm", "arm-linux-gnueabihf-"),
        new("riscv64", "riscv", "riscv64-linux-gnu-"),
        new("ppc64le", "powerpc", "powerpc64le-linux-gnu-"),
        new("s390x", "s390", "s390x-linux-gnu-"),
    ];

    public static string Names => string.Join(", ", _all.Select(one => one.Machine));

    /// <summary>Also by the kernel's own name, which people use.</summary>
    public static TargetArchitecture? Find(string name) => _all.FirstOrDefault(one => one.Machine == name) ?? _all.FirstOrDefault(one => one.Kernel == name);
}

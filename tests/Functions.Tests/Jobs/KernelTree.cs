using System.Diagnostics;

namespace BuildFunctions.Functions.Tests.Jobs;

/// <summary>A repository that is built as a kernel is, in no time.</summary>
internal sealed class KernelTree : IDisposable
{
    private const string Makefile = """
        O ?= .
        all:
        	mkdir -p $(O)/arch/x86/boot/compressed
        	cp $(O)/.config $(O)/vmlinux
        	echo "bzImage for $(ARCH), $(EXTRA)" > $(O)/arch/x86/boot/bzImage
        	echo inner > $(O)/arch/x86/boot/compressed/vmlinux
        	echo "by $$KBUILD_BUILD_USER" > $(O)/System.map
        defconfig:
        	echo CONFIG_MODULES=y > $(O)/.config
        	echo CONFIG_FROM=defconfig >> $(O)/.config
        olddefconfig:
        	test -s $(O)/.config
        modules:
        	mkdir -p $(O)/drivers/net
        	echo one > $(O)/drivers/net/one.ko
        dtbs:
        	echo board > $(O)/board.dtb

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bf-kernel-");

    public KernelTree()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "Makefile"), Makefile.Replace("        \t", "\t", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder.FullName, "my.config"), "CONFIG_FROM=tree\n");
        Git("init", "--quiet", "--initial-branch=main");
        Commit("first");
    }

    public string Url => $"file://{_folder.FullName}";

    public string Head => Git("rev-parse", "HEAD").Trim();

    public void Commit(string message)
    {
        File.AppendAllText(Path.Combine(_folder.FullName, "history"), message + "\n");
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "-m", message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}

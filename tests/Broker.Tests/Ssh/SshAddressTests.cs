using BuildFunctions.Broker.Ssh;

namespace BuildFunctions.Broker.Tests.Ssh;

public sealed class SshAddressTests
{
    [Theory]
    [InlineData("build.example.com", 22, "builder")]
    [InlineData("192.0.2.7", 65535, "_b.u-i@corp")]
    [InlineData("2001:db8::7", 1, "b")]
    [InlineData("::1", 2222, "b")]
    public void What_names_a_machine_is_taken(string host, int port, string user) => Assert.Empty(new SshAddress(host, port, user).Faults());

    [Theory]
    [InlineData("-oProxyCommand=evil", 22, "b", "host")]
    [InlineData("", 22, "b", "host")]
    [InlineData("a b", 22, "b", "host")]
    [InlineData("a;b", 22, "b", "host")]
    [InlineData("a/b", 22, "b", "host")]
    [InlineData("user@host", 22, "b", "host")]
    [InlineData("[::1]", 22, "b", "host")]
    [InlineData("a\nb", 22, "b", "host")]
    [InlineData("h", 0, "b", "port")]
    [InlineData("h", -1, "b", "port")]
    [InlineData("h", 65536, "b", "port")]
    [InlineData("h", 22, "-lroot", "user")]
    [InlineData("h", 22, "", "user")]
    [InlineData("h", 22, "a b", "user")]
    [InlineData("h", 22, "a$(id)", "user")]
    public void What_could_be_taken_for_something_else_is_refused(string host, int port, string user, string field) =>
        Assert.Equal([field], new SshAddress(host, port, user).Faults().Select(fault => fault.Field));

    [Theory]
    [InlineData("SHA256:mjus7XelNXtquI/0g+5403vT6N4IZYKTNG73KqHt2nk", true)]
    [InlineData("SHA256:mjus7XelNXtquI/0g+5403vT6N4IZYKTNG73KqHt2nk=", true)]
    [InlineData("mjus7XelNXtquI/0g+5403vT6N4IZYKTNG73KqHt2nk", false)]
    [InlineData("SHA256:mjus7XelNXtquI", false)]
    [InlineData("MD5:00:11", false)]
    [InlineData(null, false)]
    public void A_fingerprint_is_one_as_OpenSSH_writes_it(string? text, bool valid) => Assert.Equal(valid, SshHostKey.TryParse(text, out _));

    [Fact]
    public void A_login_does_not_show_its_key() => Assert.DoesNotContain("secret", new SshLogin("secret", "secret", "secret").ToString(), StringComparison.Ordinal);
}

using System.Net;
using BuildFunctions.Broker.Outgoing;

namespace BuildFunctions.Broker.Tests.Outgoing;

public sealed class OutgoingGuardTests
{
    [Theory]
    [InlineData("https://hooks.example/a?b=c", "https://hooks.example/a?b=c")]
    [InlineData("HTTPS://Hooks.Example:443/#part", "https://hooks.example/")]
    [InlineData("https://hooks.example./x", "https://hooks.example/x")]
    [InlineData("https://bücher.example/x", "https://xn--bcher-kva.example/x")]
    public async Task A_url_is_called_in_its_one_spelling(string written, string called)
    {
        var target = await CheckAsync(written, "93.184.215.14");

        Assert.True(target.Allowed, target.Refusal);
        Assert.Equal(called, target.Url.AbsoluteUri);
        Assert.Equal([IPAddress.Parse("93.184.215.14")], target.Addresses);
    }

    [Theory]
    [InlineData("http://hooks.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://hooks.example/")]
    [InlineData("gopher://hooks.example/")]
    [InlineData("data:text/plain,x")]
    [InlineData("ssh://git@hooks.example/")]
    [InlineData("https://user@hooks.example/")]
    [InlineData("https://user:password@hooks.example/")]
    [InlineData("https://@hooks.example/")]
    [InlineData("https://hooks.example:8443/")]
    [InlineData("https://hooks.example:22/")]
    [InlineData("https://hooks.example\\@evil.example/")]
    [InlineData("https:hooks.example")]
    [InlineData("https://hooks.example/\r\nX-Injected: 1")]
    [InlineData("https://hooks.example/ x")]
    [InlineData("https://hooks_example^/")]
    [InlineData("https:///x")]
    [InlineData("hooks.example")]
    [InlineData("")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://example.0x7f/")]
    [InlineData("https://1.2.3.4.5/")]
    public async Task A_url_of_another_form_is_refused_before_anything_is_looked_up(string url)
    {
        var resolver = new FixedResolver("93.184.215.14");

        Assert.False((await Guard(new(), resolver).CheckAsync(url, CancellationToken.None)).Allowed);
        Assert.Equal(0, resolver.Asked);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("127.0.0.1.")]
    [InlineData("127。0。0。1")]
    [InlineData("１２７.0.0.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("169.254.169.254")]
    [InlineData("[fd00:ec2::254]")]
    public async Task An_inner_address_is_refused_in_every_spelling(string host) => Assert.False((await CheckAsync($"https://{host}/", "93.184.215.14")).Allowed);

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("::10.0.0.1")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("4000::1")]
    [InlineData("93.184.215.14 10.0.0.1")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c ::1")]
    public async Task A_name_with_any_answer_inside_is_refused_with_the_one_message(string answers) =>
        Assert.Equal(OutgoingGuard.Unreachable, (await CheckAsync("https://hooks.example/", answers)).Refusal);

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    [InlineData("2001:4860:4860::8888")]
    public async Task Neighbours_of_the_ranges_are_public(string answer) => Assert.True((await CheckAsync("https://hooks.example/", answer)).Allowed);

    [Theory]
    [InlineData("git.corp", "https://git.corp/", true)]
    [InlineData("git.corp", "https://git.corp./", true)]
    [InlineData("git.corp", "http://git.corp/", false)]
    [InlineData("git.corp", "https://git.corp:3000/", false)]
    [InlineData("git.corp:3000", "https://git.corp:3000/", true)]
    [InlineData("http://git.corp:3000", "http://git.corp:3000/x", true)]
    [InlineData("http://git.corp:3000", "http://git.corp/x", false)]
    [InlineData("git.corp", "https://sub.git.corp/", false)]
    [InlineData("git.corp", "https://git.corp.evil.example/", false)]
    [InlineData("http://10.0.0.5:3000", "http://10.0.0.5:3000/", true)]
    [InlineData("http://10.0.0.5:3000", "http://10.0.0.6:3000/", false)]
    public async Task Only_what_is_listed_may_be_inside(string listed, string url, bool allowed)
    {
        var guard = Guard(new() { AllowedHosts = [listed] }, new FixedResolver("10.0.0.5"));

        Assert.Equal(allowed, (await guard.CheckAsync(url, CancellationToken.None)).Allowed);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.1.2.3 10.2.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("127.0.0.1", false)]
    public async Task An_allowed_network_opens_itself_alone(string answers, bool allowed)
    {
        var guard = Guard(new() { AllowedNetworks = ["10.1.0.0/16"] }, new FixedResolver(answers));

        Assert.Equal(allowed, (await guard.CheckAsync("https://git.corp/", CancellationToken.None)).Allowed);
    }

    [Theory]
    [InlineData("192.168.1.1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.64.0.1", false)]
    public async Task Private_networks_can_be_opened_but_never_this_machine_or_the_cloud(string answer, bool allowed)
    {
        var guard = Guard(new() { AllowPrivate = true }, new FixedResolver(answer));

        Assert.Equal(allowed, (await guard.CheckAsync("https://git.corp/", CancellationToken.None)).Allowed);
    }

    [Theory]
    [InlineData("http://localhost:7071/", "127.0.0.1")]
    [InlineData("http://localhost:7071/", "::1")]
    [InlineData("http://localhost:7071/", "::ffff:127.0.0.1")]
    [InlineData("http://localhost:7071/", "0.0.0.0")]
    [InlineData("http://localhost:10000/", "127.0.0.2")]
    public async Task The_brokers_own_ports_are_refused_whatever_is_allowed(string url, string answer)
    {
        OutgoingOptions all = new() { AllowedHosts = [url], AllowedNetworks = ["0.0.0.0/0", "::/0"], AllowPrivate = true };
        var guard = new OutgoingGuard(all, new FixedResolver(answer), new(() => [new("http://127.0.0.1:7071/"), new("http://127.0.0.1:10000/account")]));

        Assert.Equal(OutgoingGuard.Unreachable, (await guard.CheckAsync(url, CancellationToken.None)).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://git.corp")]
    [InlineData("git.corp/path")]
    [InlineData("https://user@git.corp")]
    public void A_list_with_a_fault_says_so_at_the_start(string entry) =>
        Assert.Throws<FormatException>(() => Guard(new() { AllowedHosts = [entry] }, new FixedResolver()));

    private static Task<OutgoingTarget> CheckAsync(string url, string answers) => Guard(new(), new FixedResolver(answers)).CheckAsync(url, CancellationToken.None);

    private static OutgoingGuard Guard(OutgoingOptions options, FixedResolver resolver) => new(options, resolver, new(() => []));
}

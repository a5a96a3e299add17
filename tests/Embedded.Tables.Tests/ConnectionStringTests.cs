using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData(" usedevelopmentstorage = True ; ", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("AccountName=acme;AccountKey=a2V5", "https://acme.table.core.windows.net/", "acme")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5YQ==",
        "http://acme.table.core.windows.net/", "acme")]
    [InlineData("AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.chinacloudapi.cn",
        "https://acme.table.core.chinacloudapi.cn/", "acme")]
    [InlineData("AccountName=acme;AccountKey=a2V5;TableEndpoint=https://tables.example:8443/", "https://tables.example:8443/", "acme")]
    [InlineData("TableEndpoint=https://acme.table.core.windows.net;SharedAccessSignature=sv=2019-02-02&sig=x%3D",
        "https://acme.table.core.windows.net/", "acme")]
    [InlineData("TableEndpoint=https://acme.table.core.windows.net/?sv=2019-02-02&sig=x%3D",
        "https://acme.table.core.windows.net/", "acme")]
    [InlineData("TableEndpoint=http://localhost:10002/dev;AccountName=dev;AccountKey=a2V5", "http://localhost:10002/dev", "dev")]
    public void A_connection_string_says_where_and_who(string text, string address, string account)
    {
        var client = new TableServiceClient(text);
        Assert.Equal((new Uri(address), account), (client.Uri, client.AccountName));
    }

    [Theory]
    [InlineData("AccountName=acme")]
    [InlineData("AccountKey=a2V5")]
    [InlineData("AccountKey=a2V5;=x")]
    [InlineData("nonsense a2V5")]
    [InlineData("UseDevelopmentStorage=false")]
    [InlineData("UseDevelopmentStorage=a2V5")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://a2V5")]
    [InlineData("AccountName=acme;AccountName=acme;AccountKey=a2V5")]
    [InlineData("TableEndpoint=ftp://acme;AccountName=acme;AccountKey=a2V5")]
    [InlineData("TableEndpoint=not an address;AccountName=acme;AccountKey=a2V5")]
    public void What_is_wrong_is_said_without_the_key(string text)
    {
        var exception = Assert.Throws<FormatException>(() => new TableServiceClient(text));
        Assert.DoesNotContain("a2V5", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_Base64_is_refused_without_the_key()
    {
        var exception = Assert.Throws<ArgumentException>(() => new TableServiceClient("AccountName=acme;AccountKey=!secret!"));
        Assert.DoesNotContain("!secret!", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_without_a_table_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TableClient(new Uri("https://acme.table.core.windows.net/?sig=x")));
        Assert.Throws<ArgumentException>(() => new TableClient(new Uri("http://127.0.0.1:10002/devstoreaccount1")));
        Assert.Throws<ArgumentException>(() => new TableClient("UseDevelopmentStorage=true", ""));
    }
}

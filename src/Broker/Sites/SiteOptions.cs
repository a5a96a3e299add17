namespace BuildFunctions.Broker.Sites;

public sealed class SiteOptions
{
    /// <summary>Sites are at APP.domain and APP--DEPLOYMENT.domain. Browsers take every name under localhost to this machine.</summary>
    public string Domain { get; set; } = "localhost";

    /// <summary>A browser that opens /sites/APP/ on the broker's own name is sent to the site's name.</summary>
    public bool RedirectBrowsers { get; set; } = true;

    /// <summary>Bytes of memory for the tables of contents of releases.</summary>
    public long IndexCacheBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of memory for files.</summary>
    public long FileCacheBytes { get; set; } = 128 << 20;

    /// <summary>Bytes up to which a file is kept in memory; larger ones are streamed from storage.</summary>
    public int MaxCachedFileBytes { get; set; } = 512 << 10;
}

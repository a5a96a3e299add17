using Azure.Core;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables;

/// <summary>
/// How clients talk to the table service. <see cref="ClientOptions.Retry"/>: at most 3 retries, 100 s a try, unless set otherwise.
/// </summary>
public class TableClientOptions : ClientOptions
{
    /// <param name="serviceVersion">The version of the service's protocol.</param>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        Version = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
        Transport = TableTransport.Shared;
        foreach (var header in (string[])["DataServiceVersion", "Prefer", "Preference-Applied", "x-ms-request-id", "x-ms-version"])
        {
            Diagnostics.LoggedHeaderNames.Add(header);
        }
    }

    /// <summary>The versions of the service's protocol.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06.</summary>
        V2020_12_06 = 2,
    }

    internal string Version { get; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}

using Microsoft.Azure.Functions.Worker.Http;
using SameSite = Microsoft.Azure.Functions.Worker.Http.SameSite;

namespace BuildFunctions.Embedded.Http;

internal sealed class ContextHttpCookies(IResponseCookies cookies) : HttpCookies
{
    public override void Append(string name, string value) => cookies.Append(name, value);

    public override void Append(IHttpCookie cookie) => cookies.Append(cookie.Name, cookie.Value, new CookieOptions
    {
        Domain = cookie.Domain,
        Expires = cookie.Expires,
        HttpOnly = cookie.HttpOnly ?? false,
        MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Path = cookie.Path,
        Secure = cookie.Secure ?? false,
        SameSite = cookie.SameSite switch
        {
            SameSite.Lax => SameSiteMode.Lax,
            SameSite.Strict => SameSiteMode.Strict,
            SameSite.ExplicitNone => SameSiteMode.None,
            _ => SameSiteMode.Unspecified,
        },
    });

    public override IHttpCookie CreateNew() => new HttpCookie("", "");
}

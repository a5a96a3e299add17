namespace BuildFunctions.Embedded.Hosting;

/// <summary>Host.CORS of local.settings.json: "*" or origins with commas between.</summary>
internal static class HostCors
{
    public static void UseHostCors(this WebApplication app)
    {
        if (app.Configuration["Host:CORS"] is not { Length: > 0 } origins)
        {
            return;
        }

        app.UseCors(policy =>
        {
            policy.AllowAnyMethod().AllowAnyHeader()
                .WithOrigins(origins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            if (string.Equals(app.Configuration["Host:CORSCredentials"], "true", StringComparison.OrdinalIgnoreCase))
            {
                policy.AllowCredentials();
            }
        });
    }
}

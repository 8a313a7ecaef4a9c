using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.Platform;

/// <summary>Links to other pages of the list that was asked for; from PUBLIC_URL, never from the Host header.</summary>
internal static class Links
{
    /// <returns>The request's own address with one query parameter set, or left out when <paramref name="value"/> is null.</returns>
    public static string Self(HttpContext http, string parameter, string? value)
    {
        var root = http.RequestServices.GetRequiredService<HearthOptions>().PublicUrl;
        var slash = http.RouteDialect() is Dialect.Drf or Dialect.Messaging ? "/" : "";
        var address = root + http.Request.Path.ToUriComponent() + slash;
        foreach (var (name, values) in http.Request.Query)
        {
            if (string.Equals(name, parameter, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var text in values)
                address = QueryHelpers.AddQueryString(address, name, text ?? "");
        }

        return value is null ? address : QueryHelpers.AddQueryString(address, parameter, value);
    }
}

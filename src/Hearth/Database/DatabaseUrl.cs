using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Database;

/// <summary>Reads <c>DATABASE_URL</c>: <c>postgres://user:password@host:port/database?sslmode=require</c>, or Npgsql's <c>key=value;</c> pairs.</summary>
internal static class DatabaseUrl
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["host"] = "Host",
        ["port"] = "Port",
    };

    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var parsed = text.Contains("://", StringComparison.Ordinal) ? FromUrl(text) : new NpgsqlConnectionStringBuilder(text);
            return parsed.Host is { Length: > 0 } ? parsed : throw new StartFailure("DATABASE_URL names no host.");
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or UriFormatException)
        {
            // The message must not repeat the text: it holds a password.
            throw new StartFailure("DATABASE_URL cannot be read; it should look like postgres://user:password@host:5432/database.", problem);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        var url = new Uri(text);
        if (url.Scheme is not ("postgres" or "postgresql"))
            throw new StartFailure($"DATABASE_URL must begin with postgres://, and begins with {url.Scheme}://.");
        var user = url.UserInfo.Split(':', 2);
        var result = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port > 0 ? url.Port : 5432 };
        if (user[0].Length > 0)
            result.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            result.Password = Uri.UnescapeDataString(user[1]);
        if (url.AbsolutePath.Length > 1)
            result.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!Parameters.TryGetValue(parts[0], out var name))
                throw new StartFailure($"DATABASE_URL has a parameter that Hearth does not know: {parts[0]}.");
            var value = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            result[name] = string.Equals(parts[0], "sslmode", StringComparison.OrdinalIgnoreCase) ? SslModeNamed(value).ToString() : value;
        }

        return result;
    }

    private static SslMode SslModeNamed(string value) =>
        Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode)
            ? mode
            : throw new StartFailure(string.Create(CultureInfo.InvariantCulture, $"DATABASE_URL has an sslmode that is none: {value}."));
}

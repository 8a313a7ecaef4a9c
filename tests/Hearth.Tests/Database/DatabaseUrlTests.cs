using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Tests.Database;

public sealed class DatabaseUrlTests
{
    [Fact]
    public void A_url_names_everything_a_connection_needs()
    {
        var parsed = DatabaseUrl.Parse("postgres://hearth:p%40ss%3Aword@db.example.org:6543/community?sslmode=verify-full&application_name=web");
        Assert.Equal("db.example.org", parsed.Host);
        Assert.Equal(6543, parsed.Port);
        Assert.Equal("hearth", parsed.Username);
        Assert.Equal("p@ss:word", parsed.Password);
        Assert.Equal("community", parsed.Database);
        Assert.Equal(SslMode.VerifyFull, parsed.SslMode);
        Assert.Equal("web", parsed.ApplicationName);
    }

    [Fact]
    public void Pairs_of_keys_and_values_are_read_as_Npgsql_reads_them() =>
        Assert.Equal("community", DatabaseUrl.Parse("Host=localhost;Database=community").Database);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("mysql://localhost/db")]
    [InlineData("postgres://")]
    [InlineData("Database=community")]
    [InlineData("postgres://localhost/db?sslmode=perhaps")]
    [InlineData("postgres://localhost/db?colour=red")]
    public void What_is_no_address_of_a_database_is_refused_by_name(string text) =>
        Assert.Contains("DATABASE_URL", Assert.Throws<StartFailure>(() => DatabaseUrl.Parse(text)).Message);

    [Fact]
    public void A_password_is_never_repeated() =>
        Assert.DoesNotContain("hunter2", Assert.Throws<StartFailure>(() => DatabaseUrl.Parse("postgres://me:hunter2@host:port/db")).Message);
}

using Hearth.Features.Engagement.Metrics;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Engagement;

public sealed class UserCountTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Who_comes_while_others_are_counted_is_counted()
    {
        var source = app.Services.GetRequiredService<NpgsqlDataSource>();
        var counts = Enumerable.Range(0, 60).Select(_ => new UserCount()).ToList();
        await using var db = await source.OpenConnectionAsync();
        using var enough = new CancellationTokenSource();
        var coming = Come(source, enough.Token);
        foreach (var count in counts)
            await count.Read(db, TimeProvider.System, CancellationToken.None);
        await enough.CancelAsync();
        Assert.NotEqual(0, await coming);

        var users = await app.Db.Scalar<long>("select count(*) from users");
        foreach (var count in counts)
            Assert.Equal(users, await count.Read(db, TimeProvider.System, CancellationToken.None));
    }

    /// <returns>How many came until it was enough.</returns>
    private static async Task<int> Come(NpgsqlDataSource source, CancellationToken enough)
    {
        var came = 0;
        await using var db = await source.OpenConnectionAsync(CancellationToken.None);
        for (; !enough.IsCancellationRequested; came++)
        {
            var name = $"newcomer{came}";
            await using var command = new NpgsqlCommand(
                "insert into users (username, username_key, display_name, email, email_key, password_hash) values ($1, $1, $1, $2, $2, '')", db)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = name }, new NpgsqlParameter<string> { TypedValue = $"{name}@example.org" } },
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return came;
    }
}

using System.Globalization;
using Hearth.Features.Accounts;
using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Harness;

/// <summary>
/// A class fixture: the real server in this process, over a database of its own, with limits off. A subclass changes the
/// options or the services. Every read that a <see cref="Person"/> makes sees every write made before by any of them.
/// </summary>
public class HearthApp : IAsyncLifetime
{
    private const string Password = "correct horse battery staple";

    private readonly List<HearthNode> nodes = [];
    private readonly List<IAsyncDisposable> clients = [];
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("hearth-app-");
    private string position = Position.Format(0);
    private int people;

    /// <summary>The database itself, for looking at rows and for making what no request makes.</summary>
    public TestDatabase Db { get; } = new();

    public IServiceProvider Services => Node.Services;

    /// <summary>Where media and mails of this application lie.</summary>
    public string DataDir => data.FullName;

    /// <summary>The first node.</summary>
    public HearthNode Node => nodes[0];

    /// <summary>Nobody: requests without a token.</summary>
    public Person Anyone => Keep(new Person(this, Node, "nobody", 0, Guid.Empty, token: null));

    internal HearthOptions Options { get; private set; } = new();

    /// <summary>What the options are besides a test's defaults.</summary>
    private protected virtual HearthOptions Configure(HearthOptions options) => options;

    /// <summary>Services to replace, such as the clock.</summary>
    private protected virtual void Change(WebApplicationBuilder builder)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        await Db.InitializeAsync();
        Options = Configure(new HearthOptions
        {
            IsProduction = false,
            Host = "127.0.0.1",
            Port = 0,
            DataDir = data.FullName,
            PublicUrl = "http://hearth.test",
            FrontendUrl = "http://hearth.test",
            CorsOrigins = ["http://hearth.test"],
            JwtSecret = "the secret of a test run, long enough",
            RateLimitFactor = 0,
        });
        await StartNode();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var client in clients)
            await client.DisposeAsync();
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        await Db.DisposeAsync();
        data.Delete(recursive: true);
    }

    /// <summary>Starts one more node on the same database.</summary>
    public async Task<HearthNode> StartNode()
    {
        var node = await HearthNode.Start(Options, Db.ConnectionString, builder =>
        {
            // Hashing as slowly as in production would be most of a test run's time.
            builder.Services.AddSingleton(new PasswordWork(1000));
            Change(builder);
        });
        nodes.Add(node);
        return node;
    }

    /// <summary>Stops a node that a test started, while the others go on.</summary>
    public async Task StopNode(HearthNode node)
    {
        nodes.Remove(node);
        await node.DisposeAsync();
    }

    /// <summary>A new account by the public route. A name that is taken in this application gets a number.</summary>
    public async Task<Person> SignUp(string name)
    {
        var taken = Interlocked.Increment(ref people);
        var username = await Db.Scalar<bool>("select exists (select from users where username_key = $1)", name)
            ? string.Create(CultureInfo.InvariantCulture, $"{name}{taken}")
            : name;
        var reply = (await Anyone.Post("/api/auth/register", new { username, email = $"{username}@example.org", password = Password })).Is(201);
        return Keep(new Person(
            this, Node, username, reply["user.user_id"].GetInt64(), reply["user.id"].GetGuid(), reply["access"].GetString()!));
    }

    /// <summary>A new account with roles besides <c>individual</c>.</summary>
    internal async Task<Person> SignUp(string name, Roles roles)
    {
        var person = await SignUp(name);
        await Grant(person, roles);
        return person;
    }

    /// <summary>Gives roles as an administrator would; the person's token stays good.</summary>
    internal async Task Grant(Person person, Roles roles)
    {
        await using var write = await Services.GetRequiredService<Writes>().Begin();
        await using (var command = write.Db.CreateCommand())
        {
            command.CommandText = "update users set roles = roles | $1 where id = $2";
            command.Parameters.Add(new Npgsql.NpgsqlParameter<int> { TypedValue = (int)roles });
            command.Parameters.Add(new Npgsql.NpgsqlParameter<long> { TypedValue = person.Id });
            await command.ExecuteNonQueryAsync();
        }

        write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, person.Id) { Subject = person.Id });
        await Settled(await write.Commit());
    }

    /// <summary>Opens the person's WebSocket. <paramref name="query"/> is added to the address, such as <c>?since=…</c>.</summary>
    public async Task<LiveSocket> Socket(Person person, string query = "")
    {
        var socket = await LiveSocket.Connect(person, query);
        clients.Add(socket);
        return socket;
    }

    /// <summary>Ends when every node has followed the ledger up to what any person wrote: projections, caches, sockets.</summary>
    public async Task Settled(long? upTo = null)
    {
        Remember(upTo is { } given ? Position.Format(given) : null);
        Assert.True(Position.TryParse(LastPosition, out var last));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Task.WhenAll(nodes.ToList().Select(node => node.Passed(last, limit.Token)));
    }

    /// <summary>The greatest position that an answer carried.</summary>
    internal string LastPosition => Volatile.Read(ref position);

    internal void Remember(string? answered)
    {
        var seen = LastPosition;
        while (answered is not null && string.CompareOrdinal(answered, seen) > 0)
        {
            var before = Interlocked.CompareExchange(ref position, answered, seen);
            if (ReferenceEquals(before, seen))
                return;
            seen = before;
        }
    }

    internal Person Keep(Person person)
    {
        clients.Add(person);
        return person;
    }
}

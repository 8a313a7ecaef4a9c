using Hearth.Bench.Bare;
using Npgsql;

// The bare limit: the same SQL or the same bytes through Kestrel and Npgsql with nothing around them. No authentication, no limits,
// no ledger, no events. What Hearth does besides is what the ratio shows.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var source = new NpgsqlDataSourceBuilder(Environment.GetEnvironmentVariable("DATABASE_URL"))
{
    ConnectionStringBuilder = { MaxPoolSize = 40, MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, NoResetOnClose = true },
}.Build();
var app = builder.Build();
var lists = new Lists(source);
var writes = new BareWrites(source);

app.MapGet("/list/query", lists.OneQuery);
app.MapGet("/list/memory", lists.FromMemory);
app.MapGet("/single/{id:long}", lists.Single);
app.MapPost("/react/each/{post:long}/{user:long}/{kind:int}", writes.ReactInATransaction);
app.MapPost("/react/folded/{post:long}/{user:long}/{kind:int}", writes.ReactFolded);
app.MapPost("/comment/{post:long}/{user:long}", writes.Comment);
app.MapPost("/view/{post:long}/{user:long}", writes.View);
app.MapPost("/track/{content:long}/{user:long}", writes.Track);
app.Run();

using System.Net;
using System.Text.Json;
using Hearth.SocketIO;

// Every event to every socket: POST /publish sends the body. POST /collect gives back the memory that nothing uses.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT")!, System.Globalization.CultureInfo.InvariantCulture)));
builder.Services.AddSocketIO(options => options.PingInterval = TimeSpan.FromMinutes(5));
var app = builder.Build();
app.MapSocketIO();
var io = app.Services.GetRequiredService<SocketIOServer>();
io.Main.On("message", e => e.Socket.Emit("message-back", e.Arguments));
app.MapGet("/health", () => "{}");
app.MapPost("/publish", async (HttpRequest request) =>
{
    io.Emit("news", await JsonSerializer.DeserializeAsync<JsonElement>(request.Body));
    return "{}";
});
app.MapPost("/collect", () =>
{
    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    return "{}";
});
app.Run();

using Hearth.SocketIO;
using SocketIoEcho;

var settings = new Settings();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://localhost:{settings.Port}");
builder.Services.AddSocketIO(Settings.Apply);
var app = builder.Build();

var engine = new EngineOptions();
Settings.Apply(engine);
app.MapEngineIO("/engine.io", session => new EngineEcho(session), engine);

app.MapSocketIO("/socket.io");
SocketEcho.Use(app.Services.GetRequiredService<SocketIOServer>());
app.Run();

using Hearth.SocketIO;
using SocketIoEcho;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls($"http://localhost:{Environment.GetEnvironmentVariable("PORT") ?? "3000"}");
var app = builder.Build();
var options = new EngineOptions
{
    PingInterval = TimeSpan.FromMilliseconds(300),
    PingTimeout = TimeSpan.FromMilliseconds(200),
    Cors = new CorsOptions { Origins = { "*" } },
};
app.MapEngineIO("/engine.io", session => new EngineEcho(session), options);
app.Run();

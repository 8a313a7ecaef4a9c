using System.Net;
using System.Text.Json;

namespace Hearth.SocketIO.Tests.Harness;

/// <summary>A polling client that does only what it is told.</summary>
internal sealed class Polls(HttpClient http, string path, string sid)
{
    public string Sid => sid;

    public string Url => $"{path}/?EIO=4&transport=polling&sid={sid}";

    public static async Task<Polls> Open(EchoServer server, string path = "/engine.io")
    {
        var text = await server.Http.GetStringAsync($"{path}/?EIO=4&transport=polling").Soon();
        return new Polls(server.Http, path, JsonDocument.Parse(text[1..]).RootElement.GetProperty("sid").GetString()!);
    }

    /// <summary>One that is in the main namespace and has read its answer and its auth event.</summary>
    public static async Task<Polls> Join(EchoServer server)
    {
        var polls = await Open(server, "/socket.io");
        await polls.Send("40");
        for (var seen = ""; !seen.Contains("auth", StringComparison.Ordinal);)
            seen += await polls.Next();
        return polls;
    }

    public Task<HttpResponseMessage> Get(CancellationToken cancellation = default) => http.GetAsync(Url, cancellation).Soon();

    public Task<HttpResponseMessage> Post(string body) => http.PostAsync(Url, new StringContent(body)).Soon();

    /// <summary>Begins a poll, and goes on when the server holds it.</summary>
    public async Task<Task<HttpResponseMessage>> Hold(EchoServer server, CancellationToken cancellation = default)
    {
        var held = Get(cancellation);
        await Eventually.Holds(() => server.Io.Session(sid)!.Polling(side => side!.IsPolled));
        return held;
    }

    public async Task<string> Next()
    {
        using var answer = await Get();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task Send(string body)
    {
        using var answer = await Post(body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
    }

    public async Task IsUnknown()
    {
        using var answer = await Get();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"code":1,"message":"Session ID unknown"}""", await answer.Content.ReadAsStringAsync());
    }
}

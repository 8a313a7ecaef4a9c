using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Hearth.Ledger;

namespace Hearth.Tests.Harness;

/// <summary>
/// Someone who sends requests, by name. Reads send back the last <c>Ledger-Position</c> that anyone of the application was
/// given, so they see what was written before. Paths are as in the contracts; absolute links of an answer will do, too.
/// </summary>
public sealed class Person : IAsyncDisposable
{
    private readonly HearthApp app;

    internal Person(HearthApp app, HearthNode node, string name, long id, Guid uuid, string? token)
    {
        this.app = app;
        Node = node;
        Name = name;
        Id = id;
        Uuid = uuid;
        Token = token;
        Http = node.Client();
        if (token is not null)
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string Name { get; }

    public long Id { get; }

    public Guid Uuid { get; }

    public string? Token { get; }

    public HearthNode Node { get; }

    public HttpClient Http { get; }

    /// <summary>The same person at another node.</summary>
    public Person At(HearthNode node) => app.Keep(new Person(app, node, Name, Id, Uuid, Token));

    /// <summary>The same person with another token.</summary>
    public Person With(string token) => app.Keep(new Person(app, Node, Name, Id, Uuid, token));

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Reply> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Reply> Put(string path, object? body = null) => Send(HttpMethod.Put, path, body);

    public Task<Reply> Patch(string path, object? body = null) => Send(HttpMethod.Patch, path, body);

    public Task<Reply> Delete(string path, object? body = null) => Send(HttpMethod.Delete, path, body);

    /// <param name="method">The method.</param>
    /// <param name="path">Path and query, or an absolute link of an answer.</param>
    /// <param name="body">An <see cref="HttpContent"/> as it is, a string as JSON text, anything else written as JSON with its names as they are.</param>
    /// <param name="headers">More headers, as name and value.</param>
    public async Task<Reply> Send(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        // A body is sent once; only reads, which have none here, are tried again.
        for (var tries = 1; ; tries++)
        {
            using var request = new HttpRequestMessage(method, Local(path)) { Content = Content(body) };
            if (method == HttpMethod.Get || method == HttpMethod.Head)
                request.Headers.Add(Position.Header, app.LastPosition);
            foreach (var (name, value) in headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
            // A busy machine may need longer than the server's patience for what follows from a write.
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && method == HttpMethod.Get && tries < 20)
            {
                await app.Settled();
                continue;
            }

            if (response.Headers.TryGetValues(Position.Header, out var positions))
                app.Remember(positions.Single());
            return await Reply.Read(response, $"{Name}: {method} {path}", Node.Log);
        }
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Local(string path)
    {
        var origin = app.Options.PublicUrl;
        return path.StartsWith(origin, StringComparison.Ordinal) ? path[origin.Length..] : path;
    }

    private static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string json => new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        _ => JsonContent.Create(body, body.GetType(), options: Reply.AsWritten),
    };
}

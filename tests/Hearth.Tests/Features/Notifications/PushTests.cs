using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Features.Notifications.Push;
using Hearth.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class PushTests(DeliveryApp app) : IClassFixture<DeliveryApp>
{
    [Fact]
    public async Task A_browser_that_subscribed_reads_the_contracts_words()
    {
        await using var service = await PushService.Start();
        using var browser = new FakeBrowser();
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var key = (await john.Get("/api/v1/notifications/push-key")).Is(200)["public_key"].GetString()!;
        (await john.Post("/api/v1/notifications/push-subscriptions", browser.Subscription(service.Endpoint("a")))).Is(201);

        await app.Write(
            LikePost(jane, app.NewObject(), john),
            LikePost(jane, app.NewObject(), john) with { Verb = Verb.LikeComment, Kind = ObjectKind.Comment },
            Comment(jane, app.NewObject(), app.NewObject(), john),
            Reply(jane, app.NewObject(), app.NewObject(), john, john));
        await app.Deliver<PushChannel>();

        var texts = service.Taken("a").Select(push => JsonDocument.Parse(browser.Decrypt(push.Body)).RootElement).ToList();
        Assert.Equal(
            [
                $"New Comment: {jane.Name} commented on your post.", $"New Reaction: {jane.Name} reacted to your comment.",
                $"New Reaction: {jane.Name} reacted to your post.", $"New Reply: {jane.Name} replied to your comment.",
            ],
            texts.Select(text => $"{text.GetProperty("title")}: {text.GetProperty("body")}").Order(StringComparer.Ordinal));
        Assert.All(service.Taken("a"), push =>
        {
            Assert.Equal("aes128gcm", push.Encoding);
            Assert.Equal("86400", push.Ttl);
            Assert.True(IsSignedBy(key, push.Authorization));
        });
        Assert.Equal(4, await app.Db.Scalar<long>("select count(*) from notification_sends where user_id = $1 and push_sent", john.Id));
    }

    [Fact]
    public async Task A_browser_that_is_gone_is_forgotten_and_a_service_that_is_busy_is_asked_again()
    {
        await using var service = await PushService.Start();
        using var browser = new FakeBrowser();
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        (await john.Post("/api/v1/notifications/push-subscriptions", browser.Subscription(service.Endpoint("gone")))).Is(201);
        (await john.Post("/api/v1/notifications/push-subscriptions", browser.Subscription(service.Endpoint("busy")))).Is(201);
        service.Answers["gone"] = 410;
        service.Answers["busy"] = 503;

        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<PushChannel>();
        service.Answers.Clear();
        await app.Later(TimeSpan.FromHours(1));
        await app.Deliver<PushChannel>();

        Assert.Single(service.Taken("gone"));
        Assert.Equal($"{jane.Name} reacted to your post.", Body(browser, service.Taken("busy")[^1]));
        Assert.Equal([service.Endpoint("busy")], await app.Db.Rows("select endpoint from push_subscriptions where user_id = $1", john.Id));
    }

    [Fact]
    public async Task Unsubscribed_muted_and_folded_is_not_pushed()
    {
        await using var service = await PushService.Start();
        using var browser = new FakeBrowser();
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        (await john.Post("/api/v1/notifications/push-subscriptions", browser.Subscription(service.Endpoint("a")))).Is(201);
        var post = app.NewObject();
        await app.Write(LikePost(jane, post, john), LikePost(dana, post, john));
        (await john.Put("/api/v1/notifications/preferences", """{"types":{"post_commented":{"push":false}}}""")).Is(200);
        await app.Write(Comment(jane, app.NewObject(), post, john));
        await app.Deliver<PushChannel>();
        Assert.Single(service.Taken("a"));

        (await john.Delete("/api/v1/notifications/push-subscriptions", new { endpoint = service.Endpoint("a") })).Is(204);
        (await john.Delete("/api/v1/notifications/push-subscriptions", new { endpoint = service.Endpoint("a") })).Is(204);
        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<PushChannel>();
        Assert.Single(service.Taken("a"));
    }

    [Fact]
    public async Task A_subscription_that_is_none_is_refused_by_its_field()
    {
        using var browser = new FakeBrowser();
        var john = await app.SignUp("john");
        var auth = Base64Url.EncodeToString(browser.Auth);
        var point = Base64Url.EncodeToString(browser.Point);
        foreach (var (body, field) in new (object, string)[]
        {
            (new { endpoint = "ftp://push.example.net/a", keys = new { p256dh = point, auth } }, "endpoint"),
            (new { endpoint = "nowhere", keys = new { p256dh = point, auth } }, "endpoint"),
            (new { endpoint = "https://push.example.net/a", keys = new { p256dh = "AAAA", auth } }, "keys.p256dh"),
            (new { endpoint = "https://push.example.net/a", keys = new { p256dh = new string('A', 87), auth } }, "keys.p256dh"),
            (new { endpoint = "https://push.example.net/a", keys = new { p256dh = point, auth = "é" } }, "keys.auth"),
            (new { endpoint = "https://push.example.net/a" }, "keys"),
        })
        {
            var reply = (await john.Post("/api/v1/notifications/push-subscriptions", body)).Is(400);
            Assert.Equal(field, Assert.Single(reply["errors"].EnumerateObject()).Name);
        }
    }

    private static string? Body(FakeBrowser browser, Pushed push) =>
        JsonDocument.Parse(browser.Decrypt(push.Body)).RootElement.GetProperty("body").GetString();

    private static bool IsSignedBy(string key, string authorization)
    {
        var point = Base64Url.DecodeFromChars(key);
        var token = authorization["vapid t=".Length..].Split(',')[0].Split('.');
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        return ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256);
    }

    private sealed record Pushed(byte[] Body, string Encoding, string Ttl, string Authorization);

    /// <summary>A push service on loopback.</summary>
    private sealed class PushService : IAsyncDisposable
    {
        private readonly WebApplication server;
        private readonly ConcurrentDictionary<string, ConcurrentQueue<Pushed>> taken = new(StringComparer.Ordinal);

        private PushService()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            server = builder.Build();
            server.MapPost("/{browser}", Take);
        }

        /// <summary>What a browser's pushes are answered; 201 where nothing is said.</summary>
        public ConcurrentDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

        public static async Task<PushService> Start()
        {
            var service = new PushService();
            await service.server.StartAsync();
            return service;
        }

        public string Endpoint(string browser) => $"{server.Urls.First()}/{browser}";

        public IReadOnlyList<Pushed> Taken(string browser) => taken.TryGetValue(browser, out var pushes) ? [.. pushes] : [];

        public ValueTask DisposeAsync() => server.DisposeAsync();

        private async Task<IResult> Take(HttpRequest request, string browser)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var headers = request.Headers;
            taken.GetOrAdd(browser, _ => new ConcurrentQueue<Pushed>())
                .Enqueue(new Pushed(body.ToArray(), headers.ContentEncoding.ToString(), headers["TTL"].ToString(), headers.Authorization.ToString()));
            return Results.StatusCode(Answers.GetValueOrDefault(browser, 201));
        }
    }
}

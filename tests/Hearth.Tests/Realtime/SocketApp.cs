using Hearth.Realtime.Nodes;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Realtime;

/// <summary>An application whose nodes find out soon that somebody has gone.</summary>
public sealed class SocketApp : HearthApp
{
    private protected override void Change(WebApplicationBuilder builder) => builder.Services.AddSingleton(new NodeTimes
    {
        Beat = TimeSpan.FromSeconds(1),
        Linger = TimeSpan.FromMilliseconds(100),
    });

    internal static async Task<string> Share(Person author, string title, string visibility = "public") =>
        (await author.Post("/api/v1/social/skills", new { title, visibility, category = "general", description = "", tags = Array.Empty<string>() })).Is(201)["id"].GetString()!;

    internal static async Task Follow(Person who, Person whom) => (await who.Post("/api/v1/follow", new { user_id = whom.Uuid })).Is(201);

    internal static async Task Befriend(Person one, Person other)
    {
        await Follow(one, other);
        await Follow(other, one);
    }

    /// <summary>Waits until the person is known to be online, or not, as another sees it.</summary>
    internal static Task Seen(Person by, Person whom, bool online) => Eventually.IsTrue(async () =>
        (await by.Get("/api/v1/websocket/online?limit=100")).Is(200)["results"].EnumerateArray().Any(one => one.GetProperty("id").GetGuid() == whom.Uuid) == online);
}

using System.Net.Http.Headers;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>What a corporate user looks at: a campaign with a post, who saw it, what they said to it, followed its link and came.</summary>
internal sealed class DemoCampaign(
    HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, DemoModeration before, ILogger<DemoCampaign> log)
    : DemoPart(options, requests, tokens, source, log)
{
    private const string Owner = "grace";
    private const string Campaigns = "/api/engagement/campaigns/";

    private static readonly string[] Readers =
        ["amina", "juma", "lena", "priya", "neema", "tomas", "yuki", "omar", "ingrid", "kofi", "mei", "fatou", "piotr", "anna", "noah", "zara", "hana", "chloe"];

    protected override async Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct)
    {
        await before.Done.WaitAsync(ct);
        using var list = await DemoRequests.Send(client, people[Owner], HttpMethod.Get, Campaigns, null, ct);
        if (list.RootElement.GetProperty("results").GetArrayLength() > 0)
            return;
        using var campaign = await Send(Owner, Campaigns, ("name", "Soup and stories"), ("link", "https://cafe.example/soup-and-stories"));
        var id = campaign.RootElement.GetProperty("id").GetInt32();
        using var written = await Send(
            Owner,
            "/api/ventroom/posts/",
            ("title", "Soup and stories, this Friday"),
            ("content", "One pot, one armchair, one reader at a time. Doors at seven; children until eight, ghosts after. The soup is free, the stories are @neema's."),
            ("campaign", id));
        var post = written.RootElement.GetProperty("id").GetInt64();
        foreach (var reader in Readers)
            using (await Send(reader, "/api/ventroom/posts/mark_as_viewed/", ("post_ids", new[] { post }))) { }
        foreach (var reader in Readers[..9])
            using (await Send(reader, "/api/ventroom/reactions/", ("content_type", "ventpost"), ("object_id", post), ("reaction_type", "❤️"))) { }
        foreach (var (reader, text) in new[] { ("neema", "Three ghosts and a baker. Bring a scarf."), ("noah", "Seven in the evening seven? I will be there."), ("zara", "My daughter asks whether the ghosts play chess.") })
            using (await Send(reader, $"/api/ventroom/posts/{post}/comments/", ("text", text))) { }
        using (await Send("lena", $"/api/ventroom/posts/{post}/share/")) { }
        var link = new Uri(campaign.RootElement.GetProperty("tracked_link").GetString()!).AbsolutePath;
        foreach (var reader in Readers[..7])
            await Click(link, people[reader], client.BaseAddress!, ct);
        using (await Send(Owner, $"{Campaigns}{id}/conversions/", ("count", 4))) { }

        Task<System.Text.Json.JsonDocument> Send(string by, string path, params (string Name, object? Value)[] fields) =>
            DemoRequests.Send(client, people[by], HttpMethod.Post, path, fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal), ct);
    }

    /// <summary>Follows a tracked link as far as it is the community's own.</summary>
    private static async Task Click(string path, string token, Uri community, CancellationToken ct)
    {
        using var here = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = community };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var _ = await here.SendAsync(request, ct);
    }
}

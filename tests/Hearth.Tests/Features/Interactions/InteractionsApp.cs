using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Interactions;

/// <summary>An application with a catalogue, and the checks that its tests end with.</summary>
public class InteractionsApp : HearthApp
{
    private Person? keeper;

    /// <summary>An administrator, who keeps the catalogue.</summary>
    internal async Task<Person> Keeper() => keeper ??= await SignUp("nia", Roles.Admin);

    internal async Task<string> Content(string title, string type = "movies", string? externalId = null) =>
        (await (await Keeper()).Post("/contents", new { title, type, externalId })).Is(201)["id"].GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static Task<Reply> Track(Person person, string content, string type, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["userId"] = person.Id, ["contentId"] = content, ["interactionType"] = type };
        foreach (var field in more?.GetType().GetProperties() ?? [])
            body[field.Name] = field.GetValue(more);
        return person.Post("/interactions/track", body);
    }

    internal async Task VerifyInteractions()
    {
        await Settled();
        var verification = Services.GetRequiredService<Verification>();
        foreach (var name in verification.Names.Where(name => name.StartsWith("interactions.", StringComparison.Ordinal)))
        {
            var result = await verification.Run(name, CancellationToken.None);
            Assert.True(result.Differences == 0, $"{name}: {string.Join(", ", result.Examples)}");
        }
    }
}

using Hearth.Ledger;
using Hearth.Tests.Features.Notifications;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Skills;

/// <summary>An application with skills in it, and the checks that every test of them ends with.</summary>
public sealed class SkillsApp : NotificationsApp
{
    /// <returns>The new skill's id.</returns>
    internal static async Task<string> Share(
        Person author, string title, string visibility = "public", string category = "general", string description = "", string[]? tags = null) =>
        (await author.Post("/api/v1/social/skills", new { title, visibility, category, description, tags = tags ?? [] })).Is(201)["id"].GetString()!;

    internal async Task<long> Number(string skill) => await Db.Scalar<long>("select id from skills where uuid = $1", Guid.Parse(skill));

    internal async Task<long> Rows(Verb verb, Person actor) =>
        await Db.Scalar<long>("select count(*) from ledger where verb = $1 and actor = $2", (short)verb, actor.Id);

    internal async Task Follow(Person who, Person whom) => (await who.Post("/api/v1/follow", new { user_id = whom.Uuid })).Is(201);

    internal async Task VerifySkills()
    {
        await Settled();
        var verification = Services.GetRequiredService<Verification>();
        foreach (var name in verification.Names.Where(name => name.StartsWith("skill", StringComparison.Ordinal)))
        {
            var result = await verification.Run(name, CancellationToken.None);
            Assert.True(result.Differences == 0, $"{name}: {string.Join(", ", result.Examples)}");
        }
    }
}

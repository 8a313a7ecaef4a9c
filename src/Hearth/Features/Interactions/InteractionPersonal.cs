using Hearth.Ledger;

namespace Hearth.Features.Interactions;

/// <summary>What interactions hold on a person: what was felt and written goes in any case, what was done counts on unless content goes, too.</summary>
internal sealed class InteractionPersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "interactions",
            ["interactions.user_id"],
            """
            select i.id, coalesce(c.external_id, c.id::text) as content, c.title,
                   (array['view', 'like', 'dislike', 'save', 'share', 'skip', 'play', 'complete', 'rate'])[i.type] as type,
                   i.value, i.mood, i.intensity, i.seconds, i.context, i.notes, i.standing, i.created_at, i.updated_at
              from interactions i left join contents c on c.id = i.content_id where i.user_id = $1 order by i.created_at, i.id
            """),
        PersonalFile.Of(
            "experiments",
            ["experiment_people.user_id"],
            "select e.name, e.description from experiment_people p join experiments e on e.id = p.experiment_id where p.user_id = $1 order by e.id"),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of(
            "interactions",
            "emptied of what was felt and written",
            ["interactions.user_id"],
            """
            update interactions set mood = null, intensity = null, context = null, notes = null
             where (user_id, type, content_id) in (
               select user_id, type, content_id from interactions
                where user_id = $1 and (mood is not null or intensity is not null or context is not null or notes is not null) limit 2000)
            """),
        ErasureStep.Of("experiment_people", "deleted", ["experiment_people.user_id"], "delete from experiment_people where user_id = $1"),
        ErasureStep.Of(
            "interactions",
            "deleted (void ones)",
            [],
            """
            delete from interactions
             where (user_id, type, content_id) in (select user_id, type, content_id from interactions where user_id = $1 and not standing limit 2000)
            """) with { OnlyRemoving = true },
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("interaction_people.user_id", "A count of interactions.json.", "A count alone, by a number that leads to nobody."),
        new("interaction_days.user_id", "Counts of interactions.json.", "Counts alone, by a number that leads to nobody."),
    ];
}

using Hearth.Ledger;

namespace Hearth.Features.Engagement.Kept;

/// <summary>What figures are about, so that a row of the ledger that concerns it makes them old.</summary>
internal readonly record struct Topic(TopicKind Kind, long Id)
{
    /// <summary>All groups and who is in them.</summary>
    public static readonly Topic Groups = new(TopicKind.Groups, 0);

    /// <summary>How many accounts there are.</summary>
    public static readonly Topic Accounts = new(TopicKind.Accounts, 0);

    /// <summary>What points and badges are given for.</summary>
    public static readonly Topic Rules = new(TopicKind.Rules, 0);

    public static Topic Person(long id) => new(TopicKind.Person, id);

    /// <summary>What a post says, and whether it is there to see.</summary>
    public static Topic Post(long id) => new(TopicKind.Post, id);

    public static Topic Course(long id) => new(TopicKind.Course, id);

    public static Topic Campaign(long id) => new(TopicKind.Campaign, id);

    /// <returns>What a row concerns; of one that voids or restores another, what that does.</returns>
    public static IEnumerable<Topic> Of(LedgerRow row)
    {
        if (row.Actor is { } actor)
            yield return Person(actor);
        if (row.Subject is { } subject)
            yield return Person(subject);
        if (row.Course is { } course)
            yield return Course(course);
        if (row.Campaign is { } campaign)
            yield return Campaign(campaign);
        switch (row.Kind)
        {
            case ObjectKind.User:
                yield return Person(row.ObjectId);
                break;
            case ObjectKind.Post when row.Verb is Verb.CreatePost or Verb.EditPost or Verb.DeletePost or Verb.HidePost or Verb.UnhidePost:
                yield return Post(row.ObjectId);
                break;
            case ObjectKind.Group:
                yield return Groups;
                break;
            case ObjectKind.Course:
                yield return Course(row.ObjectId);
                break;
            case ObjectKind.Promo:
                yield return Campaign(row.ObjectId);
                break;
        }

        if (row.Verb == Verb.Register)
            yield return Accounts;
        if (row.Verb is Verb.PublishRules or Verb.DefineBadge)
            yield return Rules;
    }
}

internal enum TopicKind
{
    Person,
    Post,
    Accounts,
    Groups,
    Course,
    Campaign,
    Rules,
}

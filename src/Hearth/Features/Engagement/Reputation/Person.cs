using Hearth.Features.Engagement.Rollups;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>A person's totals, in the order of the columns: first what they gave, as <see cref="Tally"/> up to posts, then the rest.</summary>
internal enum Total
{
    GroupsFounded = Tally.Posts + 1,
    LikesReceived,
    MentionsReceived,
    Followers,
    ViewsReceived,

    /// <summary>Their comments that others reacted to.</summary>
    Helpful,

    /// <summary>Their posts with ten engagements of others.</summary>
    Voiced,
}

/// <summary>A person's row while a slice is applied.</summary>
internal sealed class Person(long id)
{
    public static readonly string[] Columns =
    [
        .. Tallies.Columns[..(int)(Tally.Posts + 1)],
        "groups_founded", "likes_received", "mentions_received", "followers", "views_received", "helpful", "voiced",
    ];

    public long Id => id;

    /// <summary>The ledger row that changed it last.</summary>
    public long RowId { get; private set; }

    public DateTime At { get; private set; }

    public int Score { get; set; }

    public int[] Counts { get; } = new int[Columns.Length];

    public bool Changed { get; private set; }

    public bool IsZero => Score == 0 && Array.TrueForAll(Counts, count => count == 0);

    public int this[Tally tally] => Counts[(int)tally];

    public int this[Total total]
    {
        get => Counts[(int)total];
        set => Counts[(int)total] = value;
    }

    public void Load(long rowId, DateTime at, int score)
    {
        RowId = rowId;
        At = at;
        Score = score;
    }

    public void Settle() => Changed = false;

    public void Touch(long rowId, DateTime at)
    {
        RowId = rowId;
        At = at;
        Changed = true;
    }
}

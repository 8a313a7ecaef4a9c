namespace Hearth.Realtime.Nodes;

/// <summary>How often a node says that it lives, and after how long without that it counts as dead.</summary>
internal sealed record NodeTimes
{
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>By the database's clock: the nodes' own may differ.</summary>
    public TimeSpan Dead { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whoever comes back within this time (a page that is loaded again) has not been away.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long what was told is compared with what is, should a word between nodes have been lost.</summary>
    public TimeSpan Review { get; init; } = TimeSpan.FromSeconds(60);
}

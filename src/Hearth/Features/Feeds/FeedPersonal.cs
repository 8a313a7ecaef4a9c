using Hearth.Ledger;

namespace Hearth.Features.Feeds;

/// <summary>What feeds hold on a person: nothing that the ledger does not say.</summary>
internal sealed class FeedPersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } = [];

    public IReadOnlyList<ErasureStep> Erasure { get; } = [];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } = [.. PersonalColumn.Derived("feed_entries.actor")];
}

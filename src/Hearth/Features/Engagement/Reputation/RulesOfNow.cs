using Hearth.Features.Engagement.Kept;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>The published rules, for whoever reads figures.</summary>
internal sealed class RulesOfNow(KeptFigures kept)
{
    /// <returns>The rules that hold at each time, as far as is published.</returns>
    public ValueTask<RuleTimeline> Timeline(CancellationToken ct) => kept.Read(
        new FigureKey("rules", 0), async db => new Figures<RuleTimeline>(await RuleFold.Read(db, ct), 1, [Topic.Rules]), ct);
}

using Hearth.Ledger;

namespace Hearth.Realtime.Nodes;

/// <summary>Who is connected: what presence holds on a person.</summary>
internal sealed class PresencePersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
        [PersonalFile.Of("connections", ["presence.user_id"], "select since from presence where user_id = $1 order by since")];

    public IReadOnlyList<ErasureStep> Erasure { get; } = [];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } = [new("presence.user_id", NotErased: "Goes with the sockets, which close at once.")];
}

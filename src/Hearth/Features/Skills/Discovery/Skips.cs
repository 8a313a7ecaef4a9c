using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <summary>What people do not want to be recommended: their own business, no engagement, so no row of the ledger.</summary>
internal sealed class Skips(Writes writes)
{
    private const string AddSql = "-- skills.skip\ninsert into skill_skips (user_id, skill_id) values ($1, $2) on conflict do nothing";

    private const string RemoveSql = "-- skills.unskip\ndelete from skill_skips where user_id = $1 and skill_id = $2";

    public async Task<Answer> Set(HttpContext http, Guid uuid, bool skipped)
    {
        var ct = http.RequestAborted;
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var skill = await SkillReads.One(write.Db, Reader.Of(caller), uuid, ct);
        await Sql.Execute(write.Db, skipped ? AddSql : RemoveSql, ct, Sql.Value(caller.UserId), Sql.Value(skill.Id));
        return await write.Commit(Answer.NoContent);
    }
}

using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Writes reactions, those of many requests together.</summary>
internal sealed class Reactions : IAsyncDisposable
{
    private readonly Writes writes;
    private readonly CommunityCache cache;
    private readonly Apart people;
    private readonly BatchWriter<Reaction, long> writer;

    public Reactions(NpgsqlDataSource source, LedgerSignal signal, Writes writes, CommunityCache cache, Apart people)
    {
        this.writes = writes;
        this.cache = cache;
        this.people = people;
        // One at a time: twice as many reactions share a transaction as with a second that runs while one commits.
        writer = new BatchWriter<Reaction, long>("reactions", source, signal, 1, ReactionStore.Flush);
    }

    /// <returns>The answer, once the reaction is committed; fails with 404 where there is no such post or comment.</returns>
    public async Task<Answer> Set(HttpContext http, Reaction reaction, Answer answer)
    {
        if (reaction.Kind != 0)
            await people.Check(http.Caller(), reaction.On, reaction.Id, http.RequestAborted);
        var (post, _) = await writes.Batched(http, writer, reaction, _ => answer);
        if (reaction.On == ObjectKind.Post)
            cache.Reacted(post, reaction.User);
        return answer;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}

using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// This node's boards. One is read when it is first asked for, follows the ledger's tail from then on, and is put away when
/// nobody has looked at it for a while. None is older than half an hour, and what trends a quarter of one, whatever the tail says.
/// </summary>
internal sealed class BoardRoom(NpgsqlDataSource source, TimeProvider time) : ITailReader, ICacheHolder
{
    private const int Most = 24;
    // A value by id, in a dictionary and in a ranking.
    private const int BytesPerPlace = 64;

    private readonly Lock gate = new();
    private readonly HitCount looks = new();
    private readonly Dictionary<object, Board> boards = [];

    public IReadOnlyList<NodeCache> Caches => [new("boards", CacheLifetimes.Profiles, Figures, Clear)];

    public Task<PeopleBoard> People(Ranking ranking, Days? days, CancellationToken ct) =>
        Fresh((ranking, days), () => new PeopleBoard(ranking, days), CacheLifetimes.Profiles, ct);

    public Task<TrendingBoard> Trending(Days days, CancellationToken ct) => Fresh(days, () => new TrendingBoard(days), CacheLifetimes.Trending, ct);

    public Task<PostBoard> Posts(CancellationToken ct) => Fresh(typeof(PostBoard), () => new PostBoard(), CacheLifetimes.Content, ct);

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        Board[] open;
        lock (gate)
            open = [.. boards.Values];
        foreach (var board in open)
        {
            foreach (var row in rows)
                board.Note(row);
        }

        return ValueTask.CompletedTask;
    }

    private CacheFigures Figures()
    {
        lock (gate)
            return new CacheFigures(boards.Count, boards.Values.Sum(board => (long)board.Count * BytesPerPlace), looks.Hits, looks.Misses);
    }

    private void Clear()
    {
        lock (gate)
            boards.Clear();
    }

    private async Task<TBoard> Fresh<TBoard>(object key, Func<TBoard> make, TimeSpan lifetime, CancellationToken ct)
        where TBoard : Board
    {
        var board = (TBoard)Open(key, make);
        board.LookedAt = time.GetTimestamp();
        await board.Refresh(source, time, lifetime, ct);
        return board;
    }

    private Board Open(object key, Func<Board> make)
    {
        lock (gate)
        {
            var isOpen = boards.TryGetValue(key, out var board);
            looks.Count(isOpen);
            if (isOpen)
                return board!;
            if (boards.Count >= Most)
                boards.Remove(boards.MinBy(entry => entry.Value.LookedAt).Key);
            return boards[key] = make();
        }
    }
}

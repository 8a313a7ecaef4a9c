using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// This node's boards. One is read when it is first asked for, follows the ledger's tail from then on, and is put away when
/// nobody has looked at it for a while. None is older than half an hour, whatever the tail says.
/// </summary>
internal sealed class BoardRoom(NpgsqlDataSource source, TimeProvider time) : ITailReader
{
    private const int Most = 24;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly Dictionary<object, Board> boards = [];

    public Task<PeopleBoard> People(Ranking ranking, Days? days, CancellationToken ct) =>
        Fresh((ranking, days), () => new PeopleBoard(ranking, days), ct);

    public Task<TrendingBoard> Trending(Days days, CancellationToken ct) => Fresh(days, () => new TrendingBoard(days), ct);

    public Task<PostBoard> Posts(CancellationToken ct) => Fresh(typeof(PostBoard), () => new PostBoard(), ct);

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

    private async Task<TBoard> Fresh<TBoard>(object key, Func<TBoard> make, CancellationToken ct)
        where TBoard : Board
    {
        var board = (TBoard)Open(key, make);
        board.LookedAt = time.GetTimestamp();
        await board.Refresh(source, time, Lifetime, ct);
        return board;
    }

    private Board Open(object key, Func<Board> make)
    {
        lock (gate)
        {
            if (boards.TryGetValue(key, out var board))
                return board;
            if (boards.Count >= Most)
                boards.Remove(boards.MinBy(entry => entry.Value.LookedAt).Key);
            return boards[key] = make();
        }
    }
}

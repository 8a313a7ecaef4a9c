using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// The first stage: which actions count, each once, however often they are toggled, voided and restored. Turns each row into
/// the changes that the other stages count. Rows that no void concerns need the present state only; where a void does,
/// all rows about that action decide.
/// </summary>
internal sealed class ActionLog(Memory memory)
{
    private readonly Dictionary<DeedKey, Deed?> stored = [];
    private readonly Dictionary<DeedKey, Deed?> present = [];
    private readonly Dictionary<DeedKey, ActionHistory> histories = [];
    private readonly Dictionary<long, TakenBack?> takenBack = [];
    private readonly Dictionary<long, Deed> begun = [];

    /// <summary>Every action that the slice may begin or end.</summary>
    public IEnumerable<Deed> Candidates =>
        stored.Values.OfType<Deed>().Concat(begun.Values).Concat(histories.Values.SelectMany(history => history.Begun));

    /// <summary>Every action that rows like this one began so far; for rows that a void concerns.</summary>
    public IEnumerable<Deed> BegunBy(LedgerRow voided) =>
        Deeds.TryKey(voided, out var key, out _) ? histories[key].Begun : [];

    /// <summary>Reads what the table holds about the actions of these rows, and the whole history of those that a void concerns.</summary>
    public async Task Load(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, VoidMarks marks, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (row.Voided is { } voided && Deeds.TryKey(voided, out var key, out _))
            {
                stored[key] = null;
                histories.TryAdd(key, new ActionHistory(key));
            }
            else if (Deeds.TryKey(row, out key, out var begins))
            {
                stored[key] = null;
                if (begins)
                    begun[row.Id] = Deed.Of(key, row);
            }
        }

        if (stored.Count == 0)
            return;
        var known = stored.Keys.Where(key => memory.MayHold(key)).ToList();
        foreach (var deed in known.Count == 0 ? [] : await ActionStore.Present(db, known, ct))
            stored[deed.Key] = deed;
        foreach (var (key, deed) in stored)
            present[key] = deed;
        if (histories.Count > 0)
            await LoadHistories(db, rows[0].Id, marks, ct);
    }

    /// <summary>Follows one row and adds what changes by it.</summary>
    public void Step(LedgerRow row, List<Change> changes)
    {
        if (row.Voided is { } voided)
        {
            if (!Deeds.TryKey(voided, out var old, out _))
                return;
            histories[old].Mark(voided.Id, row.Verb == Verb.Void);
            Settle(old, row, changes);
        }
        else if (Deeds.TryKey(row, out var key, out var begins))
        {
            if (histories.TryGetValue(key, out var history))
            {
                history.Add(row, begins, isVoid: false);
                Settle(key, row, changes);
            }
            else
            {
                Toggle(key, row, begins, changes);
            }
        }
    }

    /// <summary>Writes what differs from what was stored.</summary>
    public void Write(NpgsqlBatch batch)
    {
        var gone = new List<DeedKey>();
        var added = new List<Deed>();
        foreach (var (key, deed) in present)
        {
            var old = stored[key];
            if (old?.Id == deed?.Id)
                continue;
            if (old is not null)
                gone.Add(key);
            if (deed is not null)
                added.Add(deed);
        }

        added.Sort((a, b) => Order(a.Key).CompareTo(Order(b.Key)));
        ActionStore.Remove(batch, gone);
        ActionStore.Add(batch, added);
        ActionStore.ForgetTakenBack(batch, [.. takenBack.Keys]);
        ActionStore.AddTakenBack(batch, [.. takenBack.Values.OfType<TakenBack>()]);
    }

    /// <summary>Of the index: neighbours lie on one page.</summary>
    private static (long, Verb, long) Order(DeedKey key) => (key.Actor, key.Verb, key.ObjectId);

    private void Toggle(DeedKey key, LedgerRow row, bool begins, List<Change> changes)
    {
        var now = present[key];
        if (begins == (now is not null))
            return;
        if (now is null)
        {
            var deed = begun[row.Id];
            present[key] = deed;
            changes.Add(new Change(1, deed, row.Id, row.At));
        }
        else
        {
            present[key] = null;
            takenBack[now.Id] = new TakenBack(now, row.Id);
            changes.Add(new Change(-1, now, row.Id, row.At));
        }
    }

    private void Settle(DeedKey key, LedgerRow row, List<Change> changes)
    {
        var before = present[key];
        var (after, ended) = histories[key].Settle();
        if (before?.Id != after?.Id)
        {
            if (before is not null)
                changes.Add(new Change(-1, before, row.Id, row.At));
            if (after is not null)
                changes.Add(new Change(1, after, row.Id, row.At));
            present[key] = after;
        }

        // What counts again, or is void, is not taken back; the rest is as the rows say.
        foreach (var deed in histories[key].Begun)
            takenBack[deed.Id] = null;
        foreach (var one in ended)
            takenBack[one.Deed.Id] = one;
    }

    private async Task LoadHistories(NpgsqlConnection db, long before, VoidMarks marks, CancellationToken ct)
    {
        var rows = await ActionStore.History(db, [.. histories.Keys], before, ct);
        await marks.Load(db, [.. rows.Select(row => row.Id)], before, ct);
        foreach (var row in rows)
        {
            if (Deeds.TryKey(row, out var key, out var begins) && histories.TryGetValue(key, out var history))
                history.Add(row, begins, marks.IsVoid(row.Id));
        }
    }
}

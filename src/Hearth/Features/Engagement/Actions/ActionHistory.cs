using Hearth.Ledger;

namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// Every row about one action, and which of them are void. What counts is what a ledger without the void rows would
/// count: the first beginning after the last end.
/// </summary>
internal sealed class ActionHistory(DeedKey key)
{
    private readonly List<Event> events = [];

    public void Add(LedgerRow row, bool begins, bool isVoid) => events.Add(new Event(row, begins) { IsVoid = isVoid });

    public void Mark(long id, bool isVoid)
    {
        foreach (var one in events)
        {
            if (one.Row.Id == id)
                one.IsVoid = isVoid;
        }
    }

    /// <summary>Each action that any of the rows ever began.</summary>
    public IEnumerable<Deed> Begun => events.Where(one => one.Begins).Select(one => Deed.Of(key, one.Row));

    public (Deed? Present, List<TakenBack> TakenBack) Settle()
    {
        Deed? present = null;
        var takenBack = new List<TakenBack>();
        foreach (var one in events)
        {
            if (one.IsVoid)
                continue;
            if (one.Begins)
            {
                present ??= Deed.Of(key, one.Row);
            }
            else if (present is not null)
            {
                takenBack.Add(new TakenBack(present, one.Row.Id));
                present = null;
            }
        }

        return (present, takenBack);
    }

    private sealed class Event(LedgerRow row, bool begins)
    {
        public LedgerRow Row => row;

        public bool Begins => begins;

        public bool IsVoid { get; set; }
    }
}

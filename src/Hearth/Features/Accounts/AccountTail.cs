using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>Makes this node look again at accounts and tokens that changed, on whichever node they did.</summary>
internal sealed class AccountTail(Authenticator authenticator) : ITailReader
{
    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (row.Verb == Verb.RevokeServiceToken)
                authenticator.ForgetServiceToken(row.ObjectId);
            else if (row.Verb is Verb.ChangeAccount or Verb.EndSessions)
                authenticator.Forget(row.ObjectId);
        }

        return ValueTask.CompletedTask;
    }
}

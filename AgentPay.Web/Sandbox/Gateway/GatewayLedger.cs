using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The gateway's transactions by id: each is decided and counted once, however often it is sent, also when two copies come at once.
/// Nothing of the card is kept.
/// </summary>
public sealed class GatewayLedger(SandboxStats stats) : IResettable
{
    private const int MostTransactions = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Transaction> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    /// <summary>The outcome, null when this try decides nothing; and whether an earlier try had decided it.</summary>
    public (GatewayOutcome? Outcome, bool IsRepeat) Enter(string transactionId, GatewayRequest request)
    {
        lock (_lock)
        {
            var transaction = Open(transactionId);
            if (transaction.Outcome is { } decided)
            {
                stats.GatewayDuplicate();
                return (decided, true);
            }
            transaction.Outcome = GatewayOutcome.Of(request, ++transaction.Tries);
            Count(transaction.Outcome);
            return (transaction.Outcome, false);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _byId.Clear();
            _oldestFirst.Clear();
        }
    }

    private Transaction Open(string id)
    {
        if (_byId.TryGetValue(id, out var known)) return known;
        if (_byId.Count == MostTransactions) _byId.Remove(_oldestFirst.Dequeue());
        _oldestFirst.Enqueue(id);
        return _byId[id] = new();
    }

    private void Count(GatewayOutcome? outcome)
    {
        if (outcome is null) return;
        if (outcome.Id is null) stats.GatewayDeclined();
        else if (outcome.IsCharge) stats.GatewayCharged();
        else stats.GatewayTokenized();
    }

    private sealed class Transaction
    {
        public int Tries { get; set; }

        public GatewayOutcome? Outcome { get; set; }
    }
}

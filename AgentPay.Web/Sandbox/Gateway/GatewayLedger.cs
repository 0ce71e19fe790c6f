using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The gateway's transactions by id: each is decided and counted once, however often it is sent, also when two copies come at once.
/// Nothing of the card is kept.
/// </summary>
public sealed class GatewayLedger(SandboxStats stats) : IResettable
{
    private const int MostTransactions = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Transaction> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    /// <summary>What was asked and decided, oldest first.</summary>
    public IReadOnlyList<GatewayEntry> Entries
    {
        get { lock (_lock) return [.. _oldestFirst.Select(id => new GatewayEntry(id, _byId[id].Reference, _byId[id].Tries, _byId[id].Outcome))]; }
    }

    /// <summary>The outcome, null when this try decides nothing; and whether an earlier try had decided it.</summary>
    public (GatewayOutcome? Outcome, bool IsRepeat) Enter(string transactionId, GatewayRequest request)
    {
        lock (_lock)
        {
            var transaction = Open(transactionId, request.Reference);
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

    private Transaction Open(string id, string? reference)
    {
        if (_byId.TryGetValue(id, out var known)) return known;
        if (_byId.Count == MostTransactions) _byId.Remove(_oldestFirst.Dequeue());
        _oldestFirst.Enqueue(id);
        return _byId[id] = new() { Reference = reference };
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
        public string? Reference { get; init; }

        public int Tries { get; set; }

        public GatewayOutcome? Outcome { get; set; }
    }
}

/// <summary>A transaction as the control API shows it.</summary>
/// <param name="Reference">The merchant's, from the parameters of the payment.</param>
/// <param name="Tries">How often it was asked before it was decided, that time included.</param>
/// <param name="Outcome">Null while nothing is decided.</param>
public sealed record GatewayEntry(string TransactionId, string? Reference, int Tries, GatewayOutcome? Outcome);

using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>
/// The gateway's transactions by ID. Each is decided and counted once, even if it is sent several times or concurrently.
/// Card data is not stored.
/// </summary>
public sealed class GatewayLedger(SandboxStats stats) : IResettable
{
    private const int MaxTransactions = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Transaction> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    /// <summary>All transactions, oldest first.</summary>
    public IReadOnlyList<GatewayEntry> Entries
    {
        get
        {
            lock (_lock) return [.. _oldestFirst.Select(id => _byId[id].ToEntry(id))];
        }
    }

    // Returns the outcome, or null if this attempt decides nothing, and whether an earlier attempt had decided it.
    public (GatewayOutcome? Outcome, bool IsRepeat) Process(string transactionId, GatewayRequest request)
    {
        lock (_lock)
        {
            var transaction = FindOrAdd(transactionId, request.Reference);
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

    private Transaction FindOrAdd(string id, string? reference)
    {
        if (_byId.TryGetValue(id, out var known)) return known;
        if (_byId.Count == MaxTransactions) _byId.Remove(_oldestFirst.Dequeue());
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

        public GatewayEntry ToEntry(string id) => new(id, Reference, Tries, Outcome);
    }
}

/// <summary>A transaction as the control API shows it.</summary>
/// <param name="Reference">The merchant's reference in the parameters of the payment.</param>
/// <param name="Tries">The number of attempts up to the decision.</param>
/// <param name="Outcome">Null while the transaction is undecided.</param>
public sealed record GatewayEntry(string TransactionId, string? Reference, int Tries, GatewayOutcome? Outcome);

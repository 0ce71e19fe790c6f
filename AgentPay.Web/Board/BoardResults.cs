using AgentPay.Web.Payments;

namespace AgentPay.Web.Board;

// The results of the day by payment: read from the history once, and then added as payments end. Not thread-safe.
internal sealed class BoardResults
{
    private Dictionary<PaymentId, BoardResult>? _byPayment;

    // A new list after each change; null until the history has been read.
    public IReadOnlyList<BoardResult>? All { get; private set; }

    public void Replace(IEnumerable<BoardResult> results)
    {
        _byPayment = results.DistinctBy(result => result.Id).ToDictionary(result => result.Id);
        All = [.. _byPayment.Values];
    }

    public void Add(IEnumerable<BoardPayment> over)
    {
        if (_byPayment is null) return;
        var hasChanged = false;
        foreach (var result in over.Select(BoardResult.Of))
        {
            if (_byPayment.GetValueOrDefault(result.Id) == result) continue;
            _byPayment[result.Id] = result;
            hasChanged = true;
        }
        if (hasChanged) All = [.. _byPayment.Values];
    }
}

using System.Globalization;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>The results of the payments of all rounds.</summary>
internal sealed class Tally
{
    private readonly Dictionary<PaymentPhase, int> _ends = [];
    private int _tokens;
    private int _unknownAndCharged;

    public int Payments { get; private set; }

    public int Charges { get; private set; }

    public void Add(Findings found)
    {
        Payments += found.Payments.Count;
        foreach (var payment in found.Payments) _ends[payment.Phase] = _ends.GetValueOrDefault(payment.Phase) + 1;
        Charges += found.Charges.Count(c => c.Outcome!.IsCharge);
        _tokens += found.Charges.Count(c => !c.Outcome!.IsCharge);
        var charged = found.Charges.Select(c => c.Reference).ToHashSet();
        _unknownAndCharged += found.Payments.Count(p => p.Phase == PaymentPhase.Unknown && charged.Contains(p.Plan.Reference!));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        | succeeded, failed, cancelled, unknown | {Of(PaymentPhase.Succeeded)}, {Of(PaymentPhase.Failed)}, {Of(PaymentPhase.Cancelled)}, {Of(PaymentPhase.Unknown)} |
        | charges, tokens at the gateway | {Charges}, {_tokens} |
        | unknown and charged, because the last callback never arrived | {_unknownAndCharged} |
        """);

    private int Of(PaymentPhase phase) => _ends.GetValueOrDefault(phase);
}

using System.Text.Json;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Tests.Load;

/// <summary>Compares AgentPay's payments with the gateway's charges.</summary>
internal sealed class Findings
{
    private readonly LoadWorld _world;
    private readonly Truth _truth;
    private readonly ILookup<string, PaymentSession> _payments;
    private readonly Dictionary<string, Charge> _charges;

    private Findings(LoadWorld world, Truth truth, IReadOnlyList<Charge> charges, IReadOnlySet<string> orders)
    {
        (_world, _truth) = (world, truth);
        Payments = truth.Payments.Where(p => orders.Contains(p.Plan.Reference ?? "")).ToList();
        _payments = Payments.ToLookup(p => p.Plan.Reference!);
        Charges = charges.Where(c => orders.Contains(c.Reference)).ToList();
        _charges = Charges.ToDictionary(c => c.Outcome!.Id!);
    }

    public IReadOnlyList<PaymentSession> Payments { get; }

    public IReadOnlyList<Charge> Charges { get; }

    public List<string> Problems { get; } = [];

    /// <param name="orders">Their references: of all others nothing is said.</param>
    public static async Task<Findings> ReadAsync(LoadWorld world, IReadOnlySet<string> orders)
    {
        var findings = new Findings(world, await world.ReadAsync<Truth>(world.Instances[0], "truth"), await world.ChargesAsync(), orders);
        findings.CheckCharges();
        foreach (var payment in findings.Payments) findings.Check(payment);
        foreach (var instance in world.Instances) findings.Check(await world.ReadAsync<InstanceState>(instance, "state"));
        return findings;
    }

    private void CheckCharges()
    {
        foreach (var order in Charges.GroupBy(c => c.Reference).Where(o => o.Count() > 1))
            Problems.Add($"{order.Key}: charged {order.Count()} times; {Say(order.Key)}");
        foreach (var charge in Charges.Where(c => !_payments[c.Reference].Any(p => IsToldOf(p, c))))
            Problems.Add($"{charge.Reference}: charged ({charge.Outcome!.Id}), and not told; {Say(charge.Reference)}");
    }

    private void Check(PaymentSession payment)
    {
        var why = $"{payment.Plan.Reference} {payment.Id} {payment.Payment}";
        if (!payment.IsOver) Problems.Add($"{why}: stuck in {payment.Phase}, pending {payment.PendingKey}");
        if (payment.Phase == PaymentPhase.Succeeded && !_charges.ContainsKey(IdOf(payment) ?? ""))
            Problems.Add($"{why}: succeeded without a charge");
        if (payment.Phase == PaymentPhase.Unknown && payment.Payment is { } sid && _world.Balancer.HasToldOutcome(sid.ToString()))
            Problems.Add($"{why}: unknown, though its outcome was taken");
        if (_world.Shown.TryGetValue(payment.Payment.ToString() ?? "", out var shown) && shown != payment.Phase
            && shown != PaymentPhase.Unknown) Problems.Add($"{why}: shown as {shown}, and is {payment.Phase}");
        if (payment.IsOver) CheckRecords(payment, why);
    }

    private void CheckRecords(PaymentSession payment, string why)
    {
        var expected = HistoryRecord.Of(payment);
        var record = _truth.History.FirstOrDefault(h => h.Id == payment.Id);
        if (record is null) Problems.Add($"{why}: {payment.Phase}, and not in history");
        else if (
            (record.Result, record.Confirmation, record.Token) != (expected.Result, expected.Confirmation,
            expected.Token)) Problems.Add($"{why}: history says {record.Result}, {record.Confirmation ?? record.Token}, not {expected.Result}");
        if (payment.Payment is not { } sid) return;
        if (!_truth.PayMap.TryGetValue(sid.ToString(), out var item)) Problems.Add($"{why}: not in payMap");
        else if (item.GetProperty("status").GetString() != JsonNamingPolicy.KebabCaseLower.ConvertName(payment.Phase.ToString())
            || item.TryGetProperty("Capture", out _)) Problems.Add($"{why}: payMap says {item}, not {payment.Phase}");
    }

    private void Check(InstanceState state)
    {
        if ((state.Readers, state.InFlight, state.Owed, state.Backlog) != (0, 0, 0, 0))
            Problems.Add($"An instance has something left: {state}");
    }

    /// <summary>The agent knows of the charge, or knows that there may be one because Twilio's word for it was lost for good.</summary>
    private bool IsToldOf(PaymentSession payment, Charge charge) => payment.Phase switch
    {
        PaymentPhase.Succeeded => IdOf(payment) == charge.Outcome!.Id,
        PaymentPhase.Unknown => payment.Payment is not { } sid || !_world.Balancer.HasToldOutcome(sid.ToString()),
        _ => false,
    };

    private string Say(string reference) =>
        string.Join(", ", _payments[reference].Select(p => $"{p.Id} {p.Payment} {p.Phase} {p.Outcome?.Result}"));

    private static string? IdOf(PaymentSession payment) => payment.Outcome?.Confirmation ?? payment.Outcome?.Token;
}

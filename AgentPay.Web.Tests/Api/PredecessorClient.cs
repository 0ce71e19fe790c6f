using System.Text.Json;

namespace AgentPay.Web.Tests.Api;

/// <summary>
/// The predecessor's npm client, as far as its contract goes: the order of fields, the rule by which it goes on (by Capture and Required of
/// updated items alone), its resets, and what it calls. One request is awaited after the other, as its users do.
/// </summary>
public sealed class PredecessorClient(ApiAgent agent, MapChanges changes, string call, string order = "payment-card-number,security-code,expiration-date")
{
    private readonly string[] _template = order.Split(',');
    private List<string?> _order = [];

    /// <summary>What it has told its page, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>What was refused, of all that it has called.</summary>
    public List<ApiReply> Refusals { get; } = [];

    public string Payment { get; private set; } = "";

    public JsonElement Shown { get; private set; }

    public async Task StartCaptureAsync(decimal amount = 0)
    {
        _order = [.. _template];
        Payment = await CallAsync("/startCapture", new()
        {
            ["ChargeAmount"] = amount,
            ["TokenType"] = "reusable",
            ["Currency"] = "USD",
            ["PaymentConnector"] = "Default",
            ["SecurityCode"] = _template.Contains("security-code"),
            ["PostalCode"] = _template.Contains("postal-code"),
        });
        Events.Add("capturing");
        await CaptureAsync(_order[0]);
    }

    /// <summary>Follows updates until an event has been told once more than before.</summary>
    public async Task UntilAsync(string told)
    {
        for (var before = Events.Count(e => e == told); Events.Count(e => e == told) == before;) await NextUpdateAsync();
    }

    /// <summary>Takes one update of an item in, and goes on as it says.</summary>
    public async Task NextUpdateAsync()
    {
        var change = await changes.NextAsync(c => c.IsOf(Payment) && c.Happened == "updated");
        Shown = change.Data;
        Events.Add("cardUpdate");
        if (string.IsNullOrEmpty(Shown.Text("Capture")) || Shown.Text("Required")!.Contains(_order[0] ?? "undefined", StringComparison.Ordinal)) return;
        if (Shown.Text("Required") == "")
        {
            Events.Add("captureComplete");
            return;
        }
        _order.RemoveAt(0);
        await CaptureAsync(_order.FirstOrDefault());
    }

    public async Task ResetAsync(string field)
    {
        if (_order[0] != field) _order.Insert(0, field);
        await CaptureAsync(field);
    }

    public async Task SubmitCaptureAsync()
    {
        await ChangeSessionAsync("complete");
        Events.Add("submitComplete");
    }

    public async Task CancelCaptureAsync()
    {
        await ChangeSessionAsync("cancel");
        await agent.RemoveAsync(Payment);
        Events.Add("cancelledCapture");
    }

    private Task<string> ChangeSessionAsync(string status)
    {
        _order = [.. _template];
        return CallAsync("/changeSession", new() { ["paySid"] = Payment, ["Status"] = status });
    }

    private async Task CaptureAsync(string? field)
    {
        await CallAsync("/updateCaptureType", new() { ["paySid"] = Payment, ["captureType"] = field });
        Events.Add("capturing " + field);
    }

    private async Task<string> CallAsync(string route, Dictionary<string, object?> data)
    {
        data["callSid"] = call;
        data["IdempotencyKey"] = "someone" + Guid.NewGuid();
        data["StatusCallback"] = "https://functions.example.com/paySyncUpdate";
        var reply = await agent.PostAsync(route, data);
        if (reply.Status != 200) Refusals.Add(reply);
        return reply.Text;
    }
}

using System.Text.Json;

namespace AgentPay.Web.Tests.Api;

/// <summary>
/// The contract of the predecessor's npm client: its order of fields, its resets and its requests. It decides the next step only by Capture
/// and Required of updated items. It awaits each request before the next one.
/// </summary>
public sealed class PredecessorClient(
    ApiAgent agent, MapChanges changes, string call, string order = "payment-card-number,security-code,expiration-date")
{
    private readonly string[] _template = order.Split(',');
    private List<string?> _order = [];

    /// <summary>The events that it has raised, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The refused requests.</summary>
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

    /// <summary>Processes updates until the event is raised once more.</summary>
    public async Task UntilAsync(string told)
    {
        for (var before = Events.Count(e => e == told); Events.Count(e => e == told) == before;) await NextUpdateAsync();
    }

    /// <summary>Processes one update of an item, and takes the next step.</summary>
    public async Task NextUpdateAsync()
    {
        var change = await changes.NextAsync(c => c.IsOf(Payment) && c.Happened == "updated");
        Shown = change.Data;
        Events.Add("cardUpdate");
        if (string.IsNullOrEmpty(Shown.Text("Capture"))
            || Shown.Text("Required")!.Contains(_order[0] ?? "undefined", StringComparison.Ordinal)) return;
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

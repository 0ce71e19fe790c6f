using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>Records of ended payments.</summary>
internal static class ARecord
{
    public const string Amara = "amara@agentpay.example";
    public const string Ben = "ben@agentpay.example";

    public static HistoryRecord Of(string agent, DateTimeOffset started, string result = "success", decimal? amount = 12.5m,
        string currency = "AUD") => new()
    {
        Id = PaymentId.New(started),
        Agent = agent,
        Amount = amount,
        Currency = currency,
        Profile = "Shop",
        Reference = "INV-1",
        Call = CallSid.Parse("CA" + Guid.NewGuid().ToString("N")),
        Payment = PaymentSid.Parse("PK" + Guid.NewGuid().ToString("N")),
        Uui = "uui-1",
        CardType = "visa",
        LastFour = "1111",
        Result = result,
        Confirmation = result == "success" && amount is not null ? "ch_0123456789abcdef" : null,
        Token = result == "success" && amount is null ? "tok_0123456789abcdef" : null,
        Started = started,
        Ended = started.AddSeconds(70),
    };

    public static HistoryRecord Closed(this HistoryRecord record, bool isCharged) => record with
    {
        Closing = new(isCharged, isCharged ? "ch_77"
            : null, "seen in the gateway", "priya@agentpay.example", record.Ended.AddHours(1), record.Result),
    };

    public static HistoryStore Store(SyncHost host) =>
        new(host.Maps, host.Get<SyncAcl>(), host.Get<IOptions<SyncOptions>>(), Options.Create(new PaymentsOptions()));

    public static PaymentHistory History(SyncHost host, TimeProvider clock) =>
        new(new(host.Maps, host.Get<IOptions<SyncOptions>>(), clock), Store(host), clock);

    public static HistorySummary Summary(params HistoryRecord[] records)
    {
        var summary = new HistorySummary(TimeZoneInfo.Utc);
        foreach (var record in records) summary.Add(record);
        return summary;
    }

    public static HistoryRange Range(DateOnly first, DateOnly last, string zone = "UTC") =>
        new(new(first, TimeZoneInfo.FindSystemTimeZoneById(zone)), new(last, TimeZoneInfo.FindSystemTimeZoneById(zone)));
}

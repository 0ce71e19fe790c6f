using System.Text;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using static AgentPay.Web.Tests.Payments.APayment;

namespace AgentPay.Web.Tests.Payments;

public sealed class HistoryRecordTests
{
    [Fact]
    public void Of_APayment_HasDescriptionCallerAndWhatTheGatewaySaid()
    {
        var session = Succeeded() with { Caller = "+61400000009" };
        var record = HistoryRecord.Of(session with
        {
            Plan = session.Plan with { Description = "Water bill" },
            Outcome = session.Outcome! with { GatewayText = "Approved", Outputs = new Dictionary<string, string> { ["order"] = "47" } },
        });

        (record.Description, record.Caller, record.GatewayText, record.OutputsLeftOut)
            .ShouldBe(("Water bill", "+61400000009", "Approved", null));
        record.Outputs.ShouldHaveSingleItem().ShouldBe(new("order", "47"));
    }

    [Fact]
    public void Of_TextsWithCardNumbers_MasksThem()
    {
        var session = Succeeded();
        var json = Json(session with
        {
            Outcome = session.Outcome! with { GatewayText = "card 4111111111111111 refused",
                Outputs = new Dictionary<string, string> { ["pan"] = "4111 1111 1111 1111" } },
        });

        json.ShouldNotContain("4111111111111111");
        json.ShouldNotContain("4111 1111 1111 1111");
    }

    [Fact]
    public void Of_ManyLongOutputs_KeepsWhatFitsAndCountsTheRest()
    {
        var session = Succeeded();
        var outputs = Enumerable.Range(0, 20).ToDictionary(number => $"name_{number:00}", _ => new string('x', 100));

        var record = HistoryRecord.Of(
            session with { Outcome = session.Outcome! with { Outputs = outputs, GatewayText = new string('y', 5000) } });

        record.Outputs!.Keys.ShouldBe(["name_00", "name_01"]);
        record.OutputsLeftOut.ShouldBe(18);
        record.GatewayText!.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void Of_AUsualPayment_FitsIntoOneKibibyte()
    {
        var session = Succeeded() with
        {
            Caller = "+61400000009",
            AgentChanges = [new(AgentChangeKind.HandedOver, "amara.okafor@contoso.example", "ben.lindqvist@contoso.example", Noon)],
        };
        var json = Json(session with
        {
            Plan = session.Plan with { Description = "Water bill, third quarter", Reference = "INV-2026-004711" },
            Outcome = session.Outcome! with { GatewayText = "Approved",
                Outputs = new Dictionary<string, string> { ["order_id"] = "pi_3P0123456789", ["risk"] = "low" } },
        });

        Encoding.UTF8.GetByteCount(json).ShouldBeLessThan(1024);
    }

    [Fact]
    public void Read_ARecordOfTheVersionBefore_HasNoneOfTheNewValues()
    {
        const string old =
            """{"id":"ID","agent":"maria@contoso.test","amount":42.50,"currency":"USD","profile":"default","call":"CA11111111111111111111111111111111","result":"success","confirmation":"ch_1","started":"2026-11-22T12:00:00+00:00","ended":"2026-11-22T12:00:00+00:00"}""";
        var data = JsonDocument.Parse(old.Replace("ID", Succeeded().Id.ToString(), StringComparison.Ordinal)).RootElement;

        var record = SyncJson.Read<HistoryRecord>(data);

        (record.Amount, record.Description, record.Caller, record.GatewayText, record.Outputs, record.OutputsLeftOut)
            .ShouldBe((42.5m, null, null, null, null, null));
        PaymentResult.Of(record).Kind.ShouldBe(ResultKind.Succeeded);
    }

    [Theory]
    [InlineData("+61400000009", "***009")]
    [InlineData("sip:+61400000009@pbx.example.com", "***009")]
    [InlineData("anonymous", "***")]
    [InlineData("12345", "***")]
    public void Mask_ACaller_LeavesThreeDigitsAtMost(string caller, string masked) => RecordText.Mask(caller).ShouldBe(masked);

    private static string Json(PaymentSession session) => JsonSerializer.Serialize(HistoryRecord.Of(session), SyncJson.Options);
}

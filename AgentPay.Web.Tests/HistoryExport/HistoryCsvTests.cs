using System.Text;
using AgentPay.Web.Components.History;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.TwilioApi;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistoryCsvTests
{
    private static readonly HistoryRecord Record = ARecord.Of(ARecord.Amara, new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(1)));

    [Fact]
    [InCulture("de-DE")]
    public void Write_UnderAGermanCulture_HasPointsAndIsoDatesInUtc() =>
        LineOf(Record with { Amount = 1234.5m })
            .ShouldStartWith("2026-11-22T08:00:00Z,2026-11-22T08:01:10Z,amara@agentpay.example,success,1234.50,AUD,Shop,INV-1,visa,1111,");

    [Fact]
    public void Write_Yen_HasNoDecimals() => LineOf(Record with { Amount = 3000m, Currency = "JPY" }).ShouldContain(",3000,JPY,");

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("INV-1=2", "INV-1=2")]
    [InlineData("Grüße", "Grüße")]
    public void Write_Text_IsQuotedAndNeverAFormula(string reference, string written) =>
        TextOf(Record with { Reference = reference }).ShouldContain($",Shop,{written},visa,");

    [Fact]
    public void Write_EveryTextOfARecord_IsDefused()
    {
        const string formula = "=1";
        var text =
            TextOf(Record with { Agent = formula, Result = formula, Currency = formula, Profile = formula, Reference = formula,
            CardType = formula, LastFour = formula, Confirmation = formula, Token = formula, ProfileId = formula, Uui =
            formula, ConnectorError = formula, Description = formula, Caller = formula, GatewayText = formula, Outputs =
            new Dictionary<string, string> { [formula] = "1" }, Closing = new(true, formula, formula, formula, default, formula) });

        text.Split("'=1").Length.ShouldBe(21);
        text.ShouldNotContain(",=1");
    }

    [Theory]
    [InlineData("success", ",succeeded,")]
    [InlineData("validation-error", ",failed,")]
    [InlineData("payment-connector-error", ",unknown,")]
    [InlineData("unknown", ",unknown,")]
    public void Write_Outcome_IsTheGroupThatThePageShows(string result, string outcome) =>
        LineOf(Record with { Result = result }).ShouldContain(outcome + ",,,,,,,,2026-11-22,Amara,");

    [Theory]
    [InlineData(true, ",succeeded,,charged,ch_77,seen in the gateway,priya@agentpay.example,2026-")]
    [InlineData(false, ",failed,,not-charged,,seen in the gateway,priya@agentpay.example,2026-")]
    public void Write_AClosedCheck_SaysWhatWasFoundAndByWhom(bool isCharged, string written) =>
        LineOf((Record with { Result = "unknown" }).Closed(isCharged)).ShouldContain(written);

    [Fact]
    public void Write_APaymentThatChangedHands_NamesEachChangeWithItsTimeInUtc() =>
        LineOf(Record with { AgentChanges = [new(AgentChangeKind.TakenOver, ARecord.Ben, "priya@agentpay.example", Record.Started),
            new(AgentChangeKind.HandedOver, "priya@agentpay.example", ARecord.Amara, Record.Ended)] })
            .ShouldContain(",2026-11-22T08:00:00Z taken-over ben@agentpay.example > priya@agentpay.example; 2026-11-22T08:01:10Z handed-over priya@agentpay.example > amara@agentpay.example");

    [Fact]
    public void Write_ATransfer_IsNamedSo() =>
        LineOf(Record with { AgentChanges = [new(AgentChangeKind.HandedOver, ARecord.Ben, ARecord.Amara, Record.Started,
            IsTransfer: true)] })
            .ShouldContain(",2026-11-22T08:00:00Z transferred ben@agentpay.example > amara@agentpay.example");

    [Fact]
    public void Write_RecordingSteps_HaveTimeKindAndCode()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 5, TimeSpan.FromHours(1));

        LineOf(Record with { RecordingSteps = [new(RecordingStepKind.Paused, at),
            new(RecordingStepKind.NotResumed, at.AddMinutes(1), 20006)] })
            .ShouldContain(",2026-11-22T09:00:05Z paused; 2026-11-22T09:01:05Z not-resumed 20006,");
    }

    [Fact]
    public void Write_AReceipt_HasTimeStateNumberAndCode()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 5, TimeSpan.FromHours(1));

        LineOf(Record with { Receipt = new(1, ReceiptState.NotDelivered, "678", Record.Agent, at, "SM1", 30006) })
            .ShouldEndWith(",2026-11-22T09:00:05Z not-delivered 678 30006");
    }

    [Fact]
    public void Write_Nothing_HasTheTitlesAndTheMark()
    {
        var file = HistoryCsv.Write([], TimeZoneInfo.Utc);

        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(file[3..])
            .ShouldBe("started,ended,agent,result,amount,currency,profile,reference,card,last_four,confirmation,token,profile_id,error_code,call_sid,payment_sid,uui,id,outcome,gateway_error,check,check_reference,check_note,check_by,check_at,agent_changes,recording,day,agent_name,description,caller,gateway_text,outputs,receipt\r\n");
    }

    [Fact]
    public void Write_TheDay_IsThatOfTheOrganisation()
    {
        var late = Record with { Started = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero) };

        Encoding.UTF8.GetString(HistoryCsv.Write([late], TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney")))
            .ShouldContain(",2026-11-23,Amara,");
    }

    [Fact]
    public void Write_CallerTextAndOutputs_AreInTheirColumns()
    {
        var record = Record with { Description = "Water bill", Caller = "+61400000009", GatewayText = "Insufficient funds",
            Outputs = new Dictionary<string, string> { ["order"] = "47", ["risk"] = "low" }, OutputsLeftOut = 3 };

        LineOf(record).TrimEnd().ShouldEndWith(",Water bill,'+61400000009,Insufficient funds,order=47; risk=low (+3),");
    }

    [Fact]
    public void Write_TheNextPart_HasNeitherTitlesNorTheMark() =>
        Encoding.UTF8.GetString(HistoryCsv.Write([Record], TimeZoneInfo.Utc, isFirst: false)).ShouldStartWith("2026-11-22T08:00:00Z,");

    private static string LineOf(HistoryRecord record) => TextOf(record).Split("\r\n")[1];

    private static string TextOf(HistoryRecord record) => Encoding.UTF8.GetString(HistoryCsv.Write([record], TimeZoneInfo.Utc)[3..]);
}

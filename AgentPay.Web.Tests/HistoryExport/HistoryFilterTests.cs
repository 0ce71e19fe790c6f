using AgentPay.Web.Components.History;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistoryFilterTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("inv-1", true)]
    [InlineData(" 1111 ", true)]
    [InlineData("ABCDEF", true)]
    [InlineData("shop", true)]
    [InlineData("uui-1", true)]
    [InlineData("amara", true)]
    [InlineData("ben", false)]
    [InlineData("visa", false)]
    [InlineData("", true)]
    public void Matches_Text_LooksInReferencesSidsConfirmationLastFourAndProfile(string text, bool matches) =>
        HistoryFilter.Read(null, text, null).Matches(ARecord.Of(ARecord.Amara, At)).ShouldBe(matches);

    [Fact]
    public void Read_ACardNumberInTheSearch_IsMasked() =>
        HistoryFilter.Read(null, " 4111 1111 1111 1111", null).Text.ShouldBe("xxxx xxxx xxxx 1111");

    [Fact]
    public void Matches_PartOfACallSid_FindsIt()
    {
        var record = ARecord.Of(ARecord.Amara, At);

        HistoryFilter.Read(null, record.Call.ToString()[4..20], null).Matches(record).ShouldBeTrue();
    }

    [Theory]
    [InlineData("success", "succeeded")]
    [InlineData("validation-error", "failed")]
    [InlineData("caller-hung-up", "failed")]
    [InlineData("payment-connector-error", "unknown")]
    [InlineData("a-future-result", "unknown")]
    [InlineData("transaction-cancelled", "cancelled")]
    [InlineData("caller-interrupted-with-star", "cancelled")]
    [InlineData("capture-window-over", "cancelled")]
    [InlineData("unknown", "unknown")]
    public void Matches_Result_IsOfOneKindOnly(string result, string kind)
    {
        var record = ARecord.Of(ARecord.Amara, At, result);

        ResultKinds.All.Select(ResultKinds.NameOf).Where(name => HistoryFilter.Read(name, null, null).Matches(record)).ShouldBe([kind]);
    }
}

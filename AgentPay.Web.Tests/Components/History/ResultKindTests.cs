using AgentPay.Web.Components;
using AgentPay.Web.Components.History;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>The history and the payment panel agree on what a result means for the money.</summary>
public sealed class ResultKindTests : ConsoleContext
{
    [Theory]
    [InlineData("payment-connector-error", 64008, "card_declined", ResultKind.Failed)]
    [InlineData("payment-connector-error", 64008, "malformed_response", ResultKind.Unknown)]
    [InlineData("payment-connector-error", 64008, "gateway_unavailable", ResultKind.Unknown)]
    [InlineData("payment-connector-error", 64002, null, ResultKind.Unknown)]
    [InlineData("payment-connector-error", 64999, null, ResultKind.Unknown)]
    [InlineData("payment-connector-error", null, null, ResultKind.Unknown)]
    [InlineData("internal-error", null, null, ResultKind.Unknown)]
    [InlineData("a-future-result", null, null, ResultKind.Unknown)]
    [InlineData("caller-hung-up", null, null, ResultKind.Failed)]
    [InlineData("not-started", 64004, null, ResultKind.Failed)]
    public void KindOf_AFailedPayment_IsUnknownWhenThePanelIsUncertain(string result, int? code, string? connectorError, ResultKind kind)
    {
        var outcome = new PaymentOutcome(result, code, ConnectorError: connectorError);
        var record = HistoryRecord.Of(APayment.Failed() with { Outcome = outcome });

        ResultKinds.KindOf(record).ShouldBe(kind);
        OutcomeWords.NeedsChecking(outcome).ShouldBe(kind == ResultKind.Unknown);
    }
}

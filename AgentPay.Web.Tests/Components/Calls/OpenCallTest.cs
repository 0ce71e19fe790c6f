using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Calls;
using Bunit;
using Bunit.TestDoubles;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The page of a call, over a real Sync service and Twilio's sandbox.</summary>
public abstract class OpenCallTest(CallsFixture fixture) : CallsConsole(fixture)
{
    protected static bool IsViewOnly(IRenderedComponent<OpenCall> open) =>
        open.HasComponent<Stub<PaymentPanel>>()
            && open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.IsViewOnly);

    protected static Task ShowPaymentAsync(IRenderedComponent<OpenCall> open, PaymentSession payment) => open.InvokeAsync(() =>
        open.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.OnPayment).InvokeAsync(payment));

    protected IRenderedComponent<OpenCall> Shown(CurrentUser user, string query) =>
        RenderFor<OpenCall>(user, p => p.Add(o => o.Pop, Pop(query)));
}

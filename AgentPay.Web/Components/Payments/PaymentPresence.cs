using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.Components;

namespace AgentPay.Web.Components.Payments;

/// <summary>Publishes when a call appears on an agent's payment screen and when it leaves it. Renders nothing.</summary>
public sealed class PaymentPresence(PaymentNews news, TimeProvider clock) : ComponentBase, IDisposable
{
    private string? _agent;

    [Parameter, EditorRequired]
    public CallSid Call { get; set; }

    [CascadingParameter]
    public CurrentUser? User { get; set; }

    public void Dispose()
    {
        if (_agent is not null) news.Publish(new PaymentNotice.Detached(clock.GetUtcNow(), _agent, Call));
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || User is not { IsAgent: true }) return;
        _agent = User.PrincipalName;
        news.Publish(new PaymentNotice.Attached(clock.GetUtcNow(), _agent, Call));
    }
}

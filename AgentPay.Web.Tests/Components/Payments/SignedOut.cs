using AgentPay.Web.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A page whose user can sign out while the panel stays.</summary>
internal sealed class SignedOut : ComponentBase
{
    [Parameter]
    public Call Call { get; set; } = default!;

    [Parameter]
    public CurrentUser? User { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<CurrentUser?>>(0);
        builder.AddComponentParameter(1, "Value", User);
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(content =>
        {
            content.OpenComponent<PaymentPanel>(0);
            content.AddComponentParameter(1, nameof(PaymentPanel.Call), Call);
            content.CloseComponent();
        }));
        builder.CloseComponent();
    }
}

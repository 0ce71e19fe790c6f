using MudBlazor;

namespace AgentPay.Web.Components.Parts;

/// <summary>A text field with the look of the console's forms. It reports each key, so that a reload loses no value.</summary>
public sealed class TextField : MudTextField<string>
{
    public TextField() => (Variant, Margin, Immediate) = (Variant.Outlined, Margin.Dense, true);
}

namespace AgentPay.Web.Components.Parts;

/// <summary>The weight of a button: one primary in a panel, danger apart from it.</summary>
public enum ActionKind
{
    Secondary,
    Primary,
    Danger,
    Quiet,
}

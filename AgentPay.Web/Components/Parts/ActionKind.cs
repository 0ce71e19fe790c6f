namespace AgentPay.Web.Components.Parts;

/// <summary>The weight of a button. A panel has one primary button; dangerous ones stand apart from it.</summary>
public enum ActionKind
{
    Secondary,
    Primary,
    Danger,
    Quiet,
}

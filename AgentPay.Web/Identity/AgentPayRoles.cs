namespace AgentPay.Web.Identity;

/// <summary>The values of the app roles in the app registration and in tokens.</summary>
public static class AgentPayRoles
{
    public const string Agent = "AgentPay.Agent";
    public const string Supervisor = "AgentPay.Supervisor";
    public const string Admin = "AgentPay.Admin";
}

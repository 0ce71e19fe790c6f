using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Support;

/// <summary>Somebody who is signed in, by principal name and role.</summary>
internal static class Agents
{
    public static CurrentUser Agent(string name) => With(name, AgentPayRoles.Agent);

    public static CurrentUser Supervisor(string name) => With(name, AgentPayRoles.Supervisor);

    public static CurrentUser Admin(string name) => With(name, AgentPayRoles.Admin);

    public static CurrentUser With(string name, params string[] roles) => new("id of " + name, name, name, roles);
}

using Microsoft.AspNetCore.Authorization;

namespace AgentPay.Web.Identity;

/// <summary>
/// Who may do what. A supervisor may do what an agent may; an admin sets AgentPay up, and takes no payments unless given one of the
/// other roles too; each of the three opens the console.
/// </summary>
public static class AgentPayPolicies
{
    /// <summary>Any of the roles: the least that every page asks for, and fit for a fallback policy.</summary>
    public const string Console = "AgentPay.Console";

    /// <summary>To take payments: agents and supervisors.</summary>
    public const string Agent = AgentPayRoles.Agent;

    /// <summary>To see and take over the payments of others.</summary>
    public const string Supervisor = AgentPayRoles.Supervisor;

    /// <summary>To set AgentPay up.</summary>
    public const string Admin = AgentPayRoles.Admin;

    /// <summary>As <see cref="Agent"/>, for an API that is asked with the session's cookie or with an Entra access token, and that never sends anyone to a sign-in.</summary>
    public const string AgentOverApi = "AgentPay.AgentOverApi";

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Console, policy => policy.RequireUser(user => user.IsAgent || user.IsAdmin));
        options.AddPolicy(Agent, policy => policy.RequireUser(user => user.IsAgent));
        options.AddPolicy(Supervisor, policy => policy.RequireUser(user => user.IsSupervisor));
        options.AddPolicy(Admin, policy => policy.RequireUser(user => user.IsAdmin));
        options.AddPolicy(AgentOverApi, policy => policy.AddAuthenticationSchemes(IdentitySchemes.SessionOrEntraBearer).RequireUser(user => user.IsAgent));
    }

    /// <summary>Nobody at all is asked to sign in; somebody who may not is refused.</summary>
    private static void RequireUser(this AuthorizationPolicyBuilder policy, Func<CurrentUser, bool> may) =>
        policy.RequireAuthenticatedUser().RequireAssertion(context => CurrentUser.Of(context.User) is { } user && may(user));
}

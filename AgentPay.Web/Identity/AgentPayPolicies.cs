using Microsoft.AspNetCore.Authorization;

namespace AgentPay.Web.Identity;

/// <summary>
/// The authorization policies. All roles may open the console. Agents and supervisors take payments. Admins set AgentPay up; they take
/// payments only if they also have another role.
/// </summary>
public static class AgentPayPolicies
{
    /// <summary>Requires any of the roles. Suitable as the fallback policy.</summary>
    public const string Console = "AgentPay.Console";

    /// <summary>Allows taking payments. Agents and supervisors have it.</summary>
    public const string Agent = AgentPayRoles.Agent;

    /// <summary>Allows seeing and taking over the payments of other agents.</summary>
    public const string Supervisor = AgentPayRoles.Supervisor;

    /// <summary>Allows the setup pages.</summary>
    public const string Admin = AgentPayRoles.Admin;

    /// <summary>
    /// Like <see cref="Agent"/>, for APIs: accepts the session's cookie or an Entra access token, and answers 401 instead of redirecting to
    /// the sign-in.
    /// </summary>
    public const string AgentOverApi = "AgentPay.AgentOverApi";

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Console, policy => policy.RequireUser(user => user.IsAgent || user.IsAdmin));
        options.AddPolicy(Agent, policy => policy.RequireUser(user => user.IsAgent));
        options.AddPolicy(Supervisor, policy => policy.RequireUser(user => user.IsSupervisor));
        options.AddPolicy(Admin, policy => policy.RequireUser(user => user.IsAdmin));
        options.AddPolicy(AgentOverApi, policy => policy
            .AddAuthenticationSchemes(IdentitySchemes.SessionOrEntraBearer)
            .RequireUser(user => user.IsAgent));
    }

    // An anonymous request is challenged. A user without the role is forbidden.
    private static void RequireUser(this AuthorizationPolicyBuilder policy, Func<CurrentUser, bool> isAllowed) =>
        policy.RequireAuthenticatedUser().RequireAssertion(context => CurrentUser.Of(context.User) is { } user && isAllowed(user));
}

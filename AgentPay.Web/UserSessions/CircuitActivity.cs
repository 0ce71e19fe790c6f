using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AgentPay.Web.UserSessions;

/// <summary>What is done on a page counts as use of its session: it makes no request that a cookie could be renewed by.</summary>
internal sealed class CircuitActivity(CircuitSession session) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => session.FollowAsync();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => activity =>
    {
        session.Use();
        return next(activity);
    };
}

using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AgentPay.Web.UserSessions;

/// <summary>Counts activity on a circuit as use of the session. A circuit sends no requests that would renew the cookie.</summary>
internal sealed class CircuitActivity(CircuitSession session) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => session.WatchAsync();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => activity =>
    {
        session.Use();
        return next(activity);
    };
}

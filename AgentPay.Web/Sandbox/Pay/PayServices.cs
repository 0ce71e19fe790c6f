using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Pay;

// The dependencies of a Pay session.
public sealed record PayServices(CallbackQueue Callbacks, ConnectorClient Connectors, TimeProvider Clock, ILogger<PaySession> Logger);

using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>What every Pay session works with.</summary>
public sealed record PayServices(CallbackQueue Callbacks, ConnectorClient Connectors, TimeProvider Clock, ILogger<PaySession> Logger);

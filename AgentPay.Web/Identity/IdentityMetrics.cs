using System.Diagnostics.Metrics;

namespace AgentPay.Web.Identity;

/// <summary>The meter <c>AgentPay.Identity</c>. Its only tag is a result code, which contains no personal data and no tokens.</summary>
internal sealed class IdentityMetrics(IMeterFactory meters)
{
    public const string MeterName = "AgentPay.Identity";

    private readonly Counter<long> _signIns = Create(meters, "sign_ins", "{sign-in}", "Completed and failed sign-ins");
    private readonly Counter<long> _tokens = Create(meters, "access_tokens", "{token}", "Entra access tokens received by the API");
    private readonly Counter<long> _requests = Create(meters, "entra_requests", "{request}", "Requests to Entra ID");

    public void SignIn(string result) => _signIns.Add(1, Tag(result));

    public void AccessToken(string result) => _tokens.Add(1, Tag(result));

    public void EntraRequest(string result) => _requests.Add(1, Tag(result));

    private static Counter<long> Create(IMeterFactory meters, string name, string unit, string description) =>
        meters.Create(MeterName).CreateCounter<long>("agentpay.identity." + name, unit, description);

    private static KeyValuePair<string, object?> Tag(string result) => new("result", result);
}

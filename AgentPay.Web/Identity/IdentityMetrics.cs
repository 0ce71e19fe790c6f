using System.Diagnostics.Metrics;

namespace AgentPay.Web.Identity;

/// <summary>Counts by the meter <c>AgentPay.Identity</c>. The only tag is the result, a code, never anything of a person or a token.</summary>
internal sealed class IdentityMetrics(IMeterFactory meters)
{
    public const string MeterName = "AgentPay.Identity";

    private readonly Counter<long> _signIns = Create(meters, "sign_ins", "{sign-in}", "Sign-ins that have ended");
    private readonly Counter<long> _tokens = Create(meters, "access_tokens", "{token}", "Access tokens of Entra at the API");
    private readonly Counter<long> _requests = Create(meters, "entra_requests", "{request}", "Requests to Entra for endpoints, keys and tokens");

    public void SignIn(string result) => _signIns.Add(1, Tag(result));

    public void AccessToken(string result) => _tokens.Add(1, Tag(result));

    public void EntraRequest(string result) => _requests.Add(1, Tag(result));

    private static Counter<long> Create(IMeterFactory meters, string name, string unit, string description) =>
        meters.Create(MeterName).CreateCounter<long>("agentpay.identity." + name, unit, description);

    private static KeyValuePair<string, object?> Tag(string result) => new("result", result);
}

using AgentPay.Web.TwilioApi;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Components.Calls;

/// <summary>What came of looking for the call that an address names.</summary>
public abstract record CallFinding
{
    private CallFinding()
    {
    }

    /// <param name="IsOutside">Twilio alone knows of it: none of AgentPay's webhooks has told of it, and none will.</param>
    public sealed record Found(Call Call, bool IsOutside) : CallFinding;

    /// <summary>It may come yet: the CRM can be quicker than Twilio's webhook, and the customer may still have to answer.</summary>
    public sealed record NotYet : CallFinding;

    /// <summary>Neither AgentPay nor Twilio knows a call with a customer that has this leg.</summary>
    public sealed record NoSuchCall : CallFinding;

    /// <summary>Nobody can be asked just now.</summary>
    public sealed record Unavailable : CallFinding;
}

using AgentPay.Web.Identity;

namespace AgentPay.Web.Calls;

/// <summary>The holder of a call, relative to the viewer.</summary>
public enum Holder
{
    None,
    Viewer,
    Other,
}

/// <summary>Returns the people and numbers of a call.</summary>
internal static class CallParties
{
    public static Holder HolderFor(this Call call, CurrentUser viewer)
    {
        if (call.ClaimedBy is null) return Holder.None;
        return call.ClaimedBy.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase) ? Holder.Viewer : Holder.Other;
    }

    /// <summary>Display name of the agent who claimed the call; empty when it is unclaimed.</summary>
    public static string HolderName(this Call call) => NameOf(call.ClaimedBy, call.ClaimedByName);

    /// <summary>Display name of the agent who handed the call over to its holder; empty when it was not handed over.</summary>
    public static string GiverName(this Call call) => NameOf(call.HandedOverBy, call.HandedOverByName);

    /// <summary>The customer's number or SIP address; null when it is unknown.</summary>
    public static string? Customer(this Call call) => call.Direction switch
    {
        CallDirection.Inbound => call.From,
        CallDirection.Outbound => call.To,
        _ => call.From ?? call.To,
    };

    /// <summary>The account's number: the one that the customer called or saw. Null when it is unknown.</summary>
    public static string? Line(this Call call)
    {
        var line = call.Direction == CallDirection.Outbound ? call.From : call.To;
        return string.IsNullOrWhiteSpace(line) ? null : line;
    }

    private static string NameOf(string? principalName, string? name) =>
        name ?? (principalName is null ? "" : AgentName.Of(principalName, null));
}
